import { Duration, type Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { named } from '../names.ts';
import type { Setting } from './setting.ts';

/** Seconds that an event which cost a life while it waited may wait. */
const CRITICAL_AGE = 30;

/** Where alarms go: to the address in the stage's file. Undefined where there is none. */
export const alarmTopic = (scope: Construct, { config, key }: Omit<Setting, 'bundles'>): ITopic | undefined => {
  if (!config.alarms) return undefined;
  const topic = new Topic(scope, 'Alarms', { topicName: named(config, 'alarms'), masterKey: key, enforceSSL: true });
  topic.addSubscription(new EmailSubscription(config.alarms.email));
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
    }),
  );
  return topic;
};

const queuesOf = (stack: Stack): Queue[] => stack.node.findAll().filter((node): node is Queue => node instanceof Queue);

/** Tells of the first dead letter in any queue of a stack, and of CRITICAL events that wait. */
export const alarmOnQueues = (stack: Stack, topic: ITopic | undefined): void => {
  if (!topic) return;
  const tell = (queue: Queue, id: string, metric: ReturnType<Queue['metric']>, threshold: number, alarmDescription: string): void => {
    const alarm = new Alarm(stack, `${queue.node.path.split('/').slice(1).join('-')}-${id}`, {
      metric,
      threshold,
      alarmDescription,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  };
  const period = Duration.minutes(1);
  for (const queue of queuesOf(stack)) {
    const isDead = /dlq$/i.test(queue.node.path);
    if (isDead)
      tell(
        queue,
        'alarm',
        queue.metricApproximateNumberOfMessagesVisible({ period }),
        0,
        'Something could not be delivered or handled: read the queue',
      );
    const critical = /\/([a-z]+)-critical-queue\/Queue$/.exec(queue.node.path);
    if (critical)
      tell(
        queue,
        'waits',
        queue.metricApproximateAgeOfOldestMessage({ period }),
        CRITICAL_AGE,
        `CRITICAL events wait: look at the function ${critical[1]}`,
      );
  }
};
