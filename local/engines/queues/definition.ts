/** `AWS::SQS::Queue` properties this engine heeds, as the resolved template has them. */
export interface QueueProperties {
  QueueName: string;
  VisibilityTimeout?: number | string;
  MessageRetentionPeriod?: number | string;
  DelaySeconds?: number | string;
  ReceiveMessageWaitTimeSeconds?: number | string;
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number | string } | string;
}

/** Times in milliseconds. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly visibilityMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly waitMs: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

const ms = (seconds: number | string | undefined, fallback: number): number => Number(seconds ?? fallback) * 1000;

const redriveOf = (policy: QueueProperties['RedrivePolicy']): QueueDefinition['redrive'] => {
  if (policy === undefined) return undefined;
  const parsed = (typeof policy === 'string' ? JSON.parse(policy) : policy) as {
    deadLetterTargetArn: string;
    maxReceiveCount: number | string;
  };
  return { deadLetterArn: parsed.deadLetterTargetArn, maxReceiveCount: Number(parsed.maxReceiveCount) };
};

export const definitionOf = (properties: QueueProperties, arn: string): QueueDefinition => ({
  name: properties.QueueName,
  arn,
  visibilityMs: ms(properties.VisibilityTimeout, 30),
  retentionMs: ms(properties.MessageRetentionPeriod, 345_600),
  delayMs: ms(properties.DelaySeconds, 0),
  waitMs: ms(properties.ReceiveMessageWaitTimeSeconds, 0),
  redrive: redriveOf(properties.RedrivePolicy),
});
