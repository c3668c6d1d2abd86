import type { Outcome } from './comparable.ts';
import type { RandomCall } from './random-operations.ts';

type Body = Readonly<Record<string, unknown>>;

/** The two answers without what is known to differ; each case stands, with who is right, in docs/dynamodb-differences.md. */
export const asInAws = (call: RandomCall, ours: Outcome, theirs: Outcome): readonly [Outcome, Outcome] => {
  let pair: readonly [Outcome, Outcome] = [ours, theirs];
  for (const mend of DIFFERENCES) pair = mend(call, pair[0], pair[1]);
  return pair;
};

type Mend = (call: RandomCall, ours: Outcome, theirs: Outcome) => readonly [Outcome, Outcome];

const text = (value: unknown): string => JSON.stringify(value);

/** For an item that did not exist, AWS has no old attributes to return; the oracle returns the key. */
const keyAsOldAttributes: Mend = ({ operation, input }, ours, theirs) => {
  if (operation !== 'UpdateItem' || !('ok' in theirs) || !('ok' in ours)) return [ours, theirs];
  const { Attributes, ...rest } = theirs.ok as Body;
  const known = (ours.ok as Body)['Attributes'] === undefined && String(input['ReturnValues']).endsWith('_OLD');
  return known && Attributes !== undefined && Object.keys(Attributes as Body).length === 2 ? [ours, { ok: rest }] : [ours, theirs];
};

/** Tables are described by what defines them. */
const DESCRIBED = ['TableName', 'KeySchema', 'AttributeDefinitions', 'StreamSpecification'];

const description = (outcome: Outcome): Outcome => {
  if (!('ok' in outcome)) return outcome;
  const { Table, TableDescription } = outcome.ok as Record<string, Body | undefined>;
  const table = Table ?? TableDescription ?? {};
  const indexes = (kind: string) =>
    ((table[kind] as Body[] | undefined) ?? [])
      .map(({ IndexName, KeySchema, Projection }) => text({ IndexName, KeySchema, Projection }))
      .sort();
  const members = DESCRIBED.map((name) => [name, Array.isArray(table[name]) ? (table[name] as unknown[]).map(text).sort() : table[name]]);
  return { ok: { ...Object.fromEntries(members), global: indexes('GlobalSecondaryIndexes'), local: indexes('LocalSecondaryIndexes') } };
};

const descriptions: Mend = ({ operation }, ours, theirs) =>
  ['CreateTable', 'UpdateTable', 'DeleteTable', 'DescribeTable'].includes(operation)
    ? [description(ours), description(theirs)]
    : [ours, theirs];

/** The tables of a report come in no order. */
const unordered = (outcome: Outcome): Outcome => {
  if (!('ok' in outcome)) return outcome;
  const { ConsumedCapacity, ...rest } = outcome.ok as Body;
  return Array.isArray(ConsumedCapacity) ? { ok: { ...rest, ConsumedCapacity: ConsumedCapacity.map(text).sort() } } : outcome;
};

const reports: Mend = (_call, ours, theirs) => [unordered(ours), unordered(theirs)];

/** The oracle's own words, where AWS's are others: only the exception's name is compared. */
const OWN_WORDS = [
  /failed to satisfy constraint/,
  /An error occurred \(/,
  /: Expected .* got /,
  /Syntax error; Expected/,
  /^An expression attribute (name|value) used/,
  /^Unexpected (operator|token) in KeyConditionExpression/,
  /partition key must use equality/,
  /list_append, operand type: NUMBER/,
  /AttributeDefinitions: \[\]/,
];

const words: Mend = (_call, ours, theirs) => {
  if (!('error' in ours) || !('error' in theirs)) return [ours, theirs];
  // The oracle asks the condition before it looks for values that nothing uses.
  if (/unused in expressions/.test(ours.message) && theirs.error === 'ConditionalCheckFailedException') return [ours, ours];
  return OWN_WORDS.some((own) => own.test(theirs.message)) ? [ours, { ...theirs, message: ours.message }] : [ours, theirs];
};

/** What a local index fetches from its table: AWS rounds each item up to 4 KB, the oracle the sum. */
const fetched: Mend = ({ input }, ours, theirs) => {
  if (input['Select'] !== 'ALL_ATTRIBUTES' || !('ok' in ours) || !('ok' in theirs)) return [ours, theirs];
  const { ConsumedCapacity: _ours, ...mine } = ours.ok as Body;
  const { ConsumedCapacity: _theirs, ...other } = theirs.ok as Body;
  return [{ ok: mine }, { ok: other }];
};

const DIFFERENCES: readonly Mend[] = [keyAsOldAttributes, descriptions, reports, words, fetched];
