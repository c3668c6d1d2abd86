import type { StreamRecord } from '../../../../../local/engines/dynamodb/engine.ts';
import type { Answer } from './dynoxide.ts';

const SETS: ReadonlySet<string> = new Set(['SS', 'NS', 'BS']);

/** Members in one order, sets in one order, binary as base64. */
const ordered = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    members.map(([name, child]) => [name, SETS.has(name) && Array.isArray(child) ? [...child].sort() : ordered(child)]),
  );
};

/** Wordings that differ and do not matter; see Peculiarities in the engine's README. */
const REWORDED: Readonly<Record<string, string>> = {
  'Operands for + must be numbers': 'An operand in the update expression has an incorrect data type',
  'Operands for - must be numbers': 'An operand in the update expression has an incorrect data type',
};

const wording = (text: string): string => {
  const bare = text.replace(/^1 validation error detected: /, '');
  return REWORDED[bare] ?? bare;
};

const reasons = (list: unknown): unknown =>
  Array.isArray(list)
    ? list.map((reason: Record<string, unknown>) => ({
        ...reason,
        ...(reason['Message'] ? { Message: wording(String(reason['Message'])) } : {}),
      }))
    : undefined;

export type Outcome =
  | { readonly ok: unknown }
  | { readonly error: string; readonly message: string; readonly reasons: unknown; readonly item: unknown };

export const oracleOutcome = (answer: Answer): Outcome =>
  'ok' in answer
    ? { ok: ordered(answer.ok) }
    : {
        error: answer.error,
        message: wording(answer.message),
        reasons: ordered(reasons(answer.body['CancellationReasons'])),
        item: ordered(answer.body['Item']),
      };

export const engineOutcome = async (answer: Promise<Record<string, unknown>>): Promise<Outcome> => {
  try {
    return { ok: ordered(await answer) };
  } catch (thrown) {
    const error = thrown as Error & { CancellationReasons?: unknown; Item?: unknown };
    return {
      error: error.name,
      message: wording(error.message),
      reasons: ordered(reasons(error.CancellationReasons)),
      item: ordered(error.Item),
    };
  }
};

/** What both sides must agree on of a stream: the rest (numbers, sizes, times) is each one's own. A change that changed nothing
 * leaves no record in AWS; the oracle writes one in batches and transactions. */
export const comparableRecords = (records: readonly StreamRecord[]): unknown[] => {
  const images = new Map<string, string>();
  return records.flatMap(({ eventName, dynamodb }) => {
    const { Keys, NewImage, OldImage, StreamViewType } = dynamodb;
    const [key, image] = [JSON.stringify(ordered(Keys)), JSON.stringify(ordered(NewImage))];
    const same = eventName === 'MODIFY' && NewImage !== undefined && images.get(key) === image;
    images.set(key, image);
    return same ? [] : [ordered({ eventName, Keys, NewImage, OldImage, StreamViewType })];
  });
};

export { asInAws } from './differences.ts';
