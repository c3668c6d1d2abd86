import { AwsError } from '../../kernel/aws-error.ts';

/** One entry of `PutEvents`, as it came. */
export interface Entry {
  Time?: unknown;
  Source?: unknown;
  Resources?: unknown;
  DetailType?: unknown;
  Detail?: unknown;
  EventBusName?: unknown;
}

export interface EntryFault {
  ErrorCode: string;
  ErrorMessage: string;
}

const MAX_ENTRIES = 10;
/** Of all entries of a call together, as AWS counts them: 1 MB since January 2026, 256 KB before. */
const MAX_BYTES = 1_048_576;

const invalid = (message: string): AwsError => new AwsError('ValidationException', `1 validation error detected: Value ${message}`);

const bytes = (text: unknown): number => (typeof text === 'string' ? Buffer.byteLength(text) : 0);

/** AWS's own sum: 14 bytes for a time, and the UTF-8 bytes of the texts. */
export const sizeOf = ({ Time, Source, Resources, DetailType, Detail }: Entry): number =>
  (Time === undefined ? 0 : 14) +
  bytes(Source) +
  bytes(DetailType) +
  bytes(Detail) +
  (Array.isArray(Resources) ? Resources.reduce((sum: number, resource: unknown) => sum + bytes(resource), 0) : 0);

export const entriesOf = (input: Record<string, unknown>): Entry[] => {
  const { Entries } = input;
  if (!Array.isArray(Entries)) throw invalid("null at 'entries' failed to satisfy constraint: Member must not be null");
  if (Entries.length === 0)
    throw invalid("'[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1");
  if (Entries.length > MAX_ENTRIES)
    throw invalid(`at 'entries' failed to satisfy constraint: Member must have length less than or equal to ${MAX_ENTRIES}`);
  const entries = Entries as Entry[];
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_BYTES)
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  return entries;
};

const required = (name: string): EntryFault => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

const MALFORMED: EntryFault = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };

const parseDetail = (text: string): object | undefined => {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch {
    return undefined;
  }
};

export interface Checked {
  readonly source: string;
  readonly detailType: string;
  readonly detailText: string;
  readonly detail: object;
}

/** What the bus itself asks of an entry, in the order AWS complains. */
export const checkEntry = ({ Source, DetailType, Detail }: Entry): Checked | EntryFault => {
  if (typeof Source !== 'string' || Source === '') return required('Source');
  if (typeof DetailType !== 'string' || DetailType === '') return required('DetailType');
  if (typeof Detail !== 'string' || Detail === '') return required('Detail');
  if (Source.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  const detail = parseDetail(Detail);
  return detail ? { source: Source, detailType: DetailType, detailText: Detail, detail } : MALFORMED;
};

export const isFault = (outcome: Checked | EntryFault): outcome is EntryFault => 'ErrorCode' in outcome;

/** The SDK hands in a Date, the wire seconds since the epoch or a text; without any, the bus's clock. Undefined where it is no time at all. */
export const timeOf = (time: unknown, now: number): number | undefined => {
  if (time === undefined || time === null) return now;
  const ms = time instanceof Date ? time.getTime() : typeof time === 'number' ? time * 1000 : Date.parse(String(time));
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? ms : undefined;
};
