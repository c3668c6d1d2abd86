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

const keyOf = (input: Record<string, unknown>): string => JSON.stringify(ordered(input['Key']));

const withoutAttributes = (outcome: Outcome): boolean =>
  'ok' in outcome && (outcome.ok as Record<string, unknown>)['Attributes'] === undefined;

/** The oracle's answer where it is known not to be AWS's; each case stands under Peculiarities in the engine's README. */
export const asInAws = (operation: string, input: Record<string, unknown>, theirs: Outcome, ours: Outcome): Outcome => {
  if (operation !== 'UpdateItem' || !('ok' in theirs) || !withoutAttributes(ours)) return theirs;
  const { Attributes, ...rest } = theirs.ok as Record<string, unknown>;
  // For an item that did not exist, AWS has no old attributes to return; the oracle returns the key.
  const onlyKey = String(input['ReturnValues']).endsWith('_OLD') && JSON.stringify(Attributes) === keyOf(input);
  return onlyKey ? { ok: rest } : theirs;
};
