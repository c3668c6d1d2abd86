import { AwsError } from '../../kernel/aws-error.ts';
import { MAX_BYTES, sizeOf } from './check.ts';

export type Entry = Record<string, unknown> & { Id: string };
type Answer = Record<string, unknown>;

const MAX_ENTRIES = 10;

const entriesOf = (input: Record<string, unknown>): Entry[] => {
  const entries = (input.Entries ?? []) as Entry[];
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > MAX_ENTRIES)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  const odd = entries.find(({ Id }) => typeof Id !== 'string' || !/^[\w-]{1,80}$/.test(Id));
  if (odd)
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const twice = entries.find(({ Id }, index) => entries.findIndex((other) => other.Id === Id) !== index);
  if (twice) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${twice.Id} repeated.`);
  const bytes = entries.reduce((sum, { MessageBody, MessageAttributes }) => sum + sizeOf(MessageBody, MessageAttributes), 0);
  if (bytes > MAX_BYTES)
    throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_BYTES} bytes. You have sent ${bytes} bytes.`);
  return entries;
};

/** Runs each entry on its own; what fails is reported beside what succeeded. */
export const batch = (input: Record<string, unknown>, one: (entry: Entry) => Answer): { Successful: Answer[]; Failed: Answer[] } => {
  const answer: { Successful: Answer[]; Failed: Answer[] } = { Successful: [], Failed: [] };
  for (const entry of entriesOf(input)) {
    try {
      answer.Successful.push({ Id: entry.Id, ...one(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      answer.Failed.push({ Id: entry.Id, SenderFault: error.$fault === 'client', Code: error.name, Message: error.message });
    }
  }
  return answer;
};
