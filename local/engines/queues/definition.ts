/** `AWS::SQS::Queue` properties as the resolved template has them: its names are the API's attribute names. */
export interface QueueProperties {
  QueueName: string;
  [property: string]: unknown;
}

/** Queue attributes in the API's form: every value a string. */
export type Attributes = Readonly<Record<string, string>>;

export interface Redrive {
  readonly deadLetterArn: string;
  readonly maxReceiveCount: number;
}

/** What the engine reads out of a queue's attributes. Times in milliseconds. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Attributes;
  readonly visibilityMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly waitMs: number;
  readonly maxBytes: number;
  readonly redrive: Redrive | undefined;
  readonly fifo: boolean;
  readonly contentDeduplication: boolean;
  /** Deduplication per message group instead of per queue. */
  readonly groupDeduplication: boolean;
}

export const DEFAULTS: Attributes = {
  VisibilityTimeout: '30',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  DelaySeconds: '0',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
};

export const FIFO_DEFAULTS: Attributes = {
  FifoQueue: 'true',
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};

export const redriveOf = (policy: string | undefined): Redrive | undefined => {
  if (!policy) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as { deadLetterTargetArn: string; maxReceiveCount: number | string };
  return { deadLetterArn: deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
};

const text = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A template's properties as attributes; tags and the name are none. */
export const attributesOf = ({ QueueName: _, Tags: __, ...properties }: QueueProperties): Attributes =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, text(value)]),
  );

export const definitionOf = (name: string, arn: string, given: Attributes): QueueDefinition => {
  const fifo = given['FifoQueue'] === 'true';
  const attributes = { ...DEFAULTS, ...(fifo ? FIFO_DEFAULTS : {}), ...given };
  const ms = (attribute: string): number => Number(attributes[attribute]) * 1000;
  return {
    name,
    arn,
    attributes,
    visibilityMs: ms('VisibilityTimeout'),
    retentionMs: ms('MessageRetentionPeriod'),
    delayMs: ms('DelaySeconds'),
    waitMs: ms('ReceiveMessageWaitTimeSeconds'),
    maxBytes: Number(attributes['MaximumMessageSize']),
    redrive: redriveOf(attributes['RedrivePolicy']),
    fifo,
    contentDeduplication: attributes['ContentBasedDeduplication'] === 'true',
    groupDeduplication: attributes['DeduplicationScope'] === 'messageGroup',
  };
};
