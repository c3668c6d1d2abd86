import { Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { named } from '../names.ts';
import { removal, type Setting } from './setting.ts';

const FOURTEEN_DAYS = Duration.days(14);
/** Receives before a message is set aside for a person. */
const MAX_RECEIVES = 5;

/** A queue for what could not be delivered, kept for two weeks. */
export const deadLetterQueue = (scope: Construct, id: string, name: string, { config, key }: Omit<Setting, 'bundles'>): Queue =>
  new Queue(scope, id, {
    queueName: named(config, name),
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: FOURTEEN_DAYS,
    removalPolicy: removal(config),
  });

/** Lets rules of EventBridge put messages into a queue: `ruleArn` and no other. */
export const allowRule = (queue: Queue, ruleArn: string): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    }),
  );
};

/** A queue and the dead-letter queue behind it. `visibility` in seconds: six times the timeout of the function that reads it. */
export class QueueWithDlq extends Construct {
  readonly queue: Queue;
  readonly dlq: Queue;

  constructor(scope: Construct, id: string, name: string, visibility: number, setting: Omit<Setting, 'bundles'>) {
    super(scope, id);
    this.dlq = deadLetterQueue(this, 'Dlq', `${name}-dlq`, setting);
    this.queue = new Queue(this, 'Queue', {
      queueName: named(setting.config, name),
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: setting.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(visibility),
      deadLetterQueue: { queue: this.dlq, maxReceiveCount: MAX_RECEIVES },
      removalPolicy: removal(setting.config),
    });
  }
}
