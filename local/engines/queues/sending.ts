import { hash } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';
import type { MessageAttributes } from './message.ts';
import type { Queue } from './queue.ts';

export interface SendOptions {
  delaySeconds?: number | undefined;
  attributes?: MessageAttributes | undefined;
  system?: Readonly<Record<string, string>> | undefined;
  /** A FIFO queue needs one; on a standard queue it is only passed on. */
  groupId?: string | undefined;
  deduplicationId?: string | undefined;
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

/** Sequence numbers have twenty digits and grow; AWS leaves gaps, we do not. */
export const nextSequence = ({ sequence }: Queue): string => `1${String(sequence + 1).padStart(19, '0')}`;

/** How a FIFO queue knows a message: its group, its deduplication id, and the key under which it is remembered for five minutes. */
export const fifoIdentity = (
  { definition }: Queue,
  body: string,
  { groupId, deduplicationId, delaySeconds }: SendOptions,
): { groupId: string; deduplicationId: string; key: string } => {
  if (groupId === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  if (delaySeconds)
    throw invalid(
      `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  const id = deduplicationId ?? (definition.contentDeduplication ? hash('sha256', body) : undefined);
  if (id === undefined)
    throw invalid('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  return { groupId, deduplicationId: id, key: definition.groupDeduplication ? `${groupId}/${id}` : id };
};
