import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { deadLetterQueue } from './queue-with-dlq.ts';
import type { Setting } from './setting.ts';

interface Props {
  /** The bus's name, whole. */
  readonly name: string;
  readonly description: string;
  /** The queue's name, without the stage. */
  readonly dlq: string;
  /** Why the queue needs no dead-letter queue of its own. */
  readonly isFor: string;
}

/** A bus under the stage's key, and the queue that takes what it could not encrypt or decrypt. */
export const busWithDlq = (
  scope: Construct,
  { name, description, dlq: dlqName, isFor }: Props,
  setting: Omit<Setting, 'bundles'>,
): { bus: CfnEventBus; dlq: Queue } => {
  const dlq = deadLetterQueue(scope, 'Dlq', dlqName, setting);
  acknowledge(dlq, { 'AwsSolutions-SQS3': isFor });
  const bus = new CfnEventBus(scope, 'Bus', {
    name,
    description,
    kmsKeyIdentifier: setting.key.keyArn,
    deadLetterConfig: { arn: dlq.queueArn },
  });
  dlq.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [dlq.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': bus.attrArn } },
    }),
  );
  return { bus, dlq };
};
