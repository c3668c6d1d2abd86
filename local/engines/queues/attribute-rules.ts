import { AwsError } from '../../kernel/aws-error.ts';
import type { Attributes } from './definition.ts';

type Rule = (value: string, fifo: boolean) => boolean;

const whole =
  (low: number, high: number): Rule =>
  (value) =>
    /^\d+$/.test(value) && Number(value) >= low && Number(value) <= high;
const oneOf =
  (...values: string[]): Rule =>
  (value) =>
    values.includes(value);
const onlyFifo =
  (rule: Rule): Rule =>
  (value, fifo) =>
    fifo && rule(value, fifo);
const any: Rule = () => true;

const parsed = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** An empty policy takes the policy away. */
const redrivePolicy: Rule = (value) => {
  if (value === '') return true;
  const { deadLetterTargetArn, maxReceiveCount } = parsed(value) ?? {};
  return typeof deadLetterTargetArn === 'string' && whole(1, 1_000)(String(maxReceiveCount), false);
};

const redriveAllowPolicy: Rule = (value) => {
  if (value === '') return true;
  const { redrivePermission, sourceQueueArns } = parsed(value) ?? {};
  if (redrivePermission === 'byQueue') return Array.isArray(sourceQueueArns) && sourceQueueArns.length > 0 && sourceQueueArns.length <= 10;
  return (redrivePermission === 'allowAll' || redrivePermission === 'denyAll') && sourceQueueArns === undefined;
};

/** An empty one takes the policy away. What it says is the port's to judge. */
const policy: Rule = (value) => value === '' || parsed(value)?.['Statement'] !== undefined;

const RULES: Readonly<Record<string, Rule>> = {
  VisibilityTimeout: whole(0, 43_200),
  MaximumMessageSize: whole(1_024, 1_048_576),
  MessageRetentionPeriod: whole(60, 1_209_600),
  DelaySeconds: whole(0, 900),
  ReceiveMessageWaitTimeSeconds: whole(0, 20),
  RedrivePolicy: redrivePolicy,
  RedriveAllowPolicy: redriveAllowPolicy,
  Policy: policy,
  KmsMasterKeyId: any,
  KmsDataKeyReusePeriodSeconds: whole(60, 86_400),
  SqsManagedSseEnabled: oneOf('true', 'false'),
  FifoQueue: onlyFifo(oneOf('true')),
  ContentBasedDeduplication: onlyFifo(oneOf('true', 'false')),
  DeduplicationScope: onlyFifo(oneOf('messageGroup', 'queue')),
  FifoThroughputLimit: onlyFifo(oneOf('perQueue', 'perMessageGroupId')),
};

/** Checks attributes as CreateQueue and SetQueueAttributes do; throws SQS's errors. */
export const checkAttributes = (attributes: Attributes, fifo: boolean): void => {
  for (const [name, value] of Object.entries(attributes)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (!rule || (name === 'FifoQueue' && !fifo)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    if (!rule(value, fifo)) throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
};

export const checkName = (name: unknown, fifo: boolean): string => {
  if (typeof name === 'string' && name.length <= 80 && (fifo ? /^[\w-]{1,75}\.fifo$/ : /^[\w-]{1,80}$/).test(name)) return name;
  throw new AwsError(
    'InvalidParameterValue',
    fifo
      ? 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.'
      : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
  );
};

/** Whether a dead-letter queue lets this queue send its dead there. */
export const allowsRedrive = (policy: string | undefined, sourceArn: string): boolean => {
  const { redrivePermission = 'allowAll', sourceQueueArns = [] } = (policy ? parsed(policy) : undefined) ?? {};
  return redrivePermission === 'allowAll' || (redrivePermission === 'byQueue' && (sourceQueueArns as string[]).includes(sourceArn));
};
