import fc from 'fast-check';
import { mistakes } from './random-mistakes.ts';
import { tableCalls } from './random-table-calls.ts';
import {
  attributes,
  conditions,
  guarded,
  journalKey,
  NAMES,
  namesIn,
  type Piece,
  predicates,
  S,
  sometimes,
  table,
  updates,
} from './random-values.ts';

/** Random calls over the fixture's three tables. */
export interface RandomCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

const capacity = fc.constantFrom({}, { ReturnConsumedCapacity: 'INDEXES' }, { ReturnConsumedCapacity: 'TOTAL' });

const keyed = table.chain(({ TableName, key }) => fc.record({ TableName: fc.constant(TableName), key }));

const puts = fc
  .tuple(keyed, attributes, guarded)
  .map(([{ TableName, key }, more, guard]) => ({ TableName, Item: { ...more, ...key }, ...guard }));
const deletes = fc.tuple(keyed, guarded).map(([{ TableName, key }, guard]) => ({ TableName, Key: key, ...guard }));
const updatesOf = fc.tuple(keyed, updates, sometimes(conditions)).map(([{ TableName, key }, update, condition]) => {
  const values = { ...update.values, ...prefixed(condition) };
  return {
    TableName,
    Key: key,
    UpdateExpression: update.text,
    ...(condition ? { ConditionExpression: condition.text.replaceAll(':', ':c') } : {}),
    ...namesIn(update.text),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
});

const prefixed = (condition: Piece | null): Record<string, unknown> =>
  Object.fromEntries(Object.entries(condition?.values ?? {}).map(([name, value]) => [name.replace(':', ':c'), value]));

const named = (operation: string, input: fc.Arbitrary<object>): fc.Arbitrary<RandomCall> =>
  input.map((given) => ({ operation, input: { ...given } }));

const parts = fc.oneof(
  puts.map((Put) => ({ Put })),
  updatesOf.map((Update) => ({ Update })),
  deletes.map((Delete) => ({ Delete })),
  fc.tuple(keyed, conditions).map(([{ TableName, key }, { text, values = {} }]) => ({
    ConditionCheck: {
      TableName,
      Key: key,
      ConditionExpression: text,
      ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
    },
  })),
);

const paging = fc.record({ ScanIndexForward: fc.boolean(), Limit: fc.integer({ min: 1, max: 4 }) }, { requiredKeys: [] });

const query = (
  fixed: Record<string, unknown>,
  condition: string,
  values: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<RandomCall> =>
  fc
    .tuple(paging, capacity, values, sometimes(predicates.filter(({ text }) => !/\bs\b|ss/.test(text))))
    .map(([page, report, given, filter]) => ({
      operation: 'Query',
      input: {
        ...fixed,
        ...page,
        ...report,
        KeyConditionExpression: condition,
        ExpressionAttributeValues: { ...given, ...prefixed(filter) },
        ...(filter ? { FilterExpression: filter.text.replaceAll(':', ':c') } : {}),
      },
    }));

const JOURNAL = { TableName: 'journal' };
const SHIFTS = { TableName: 'shifts' };
const UNITS = { TableName: 'units' };
const BY_DAY = { ...JOURNAL, IndexName: 'byDay', ExpressionAttributeNames: NAMES };
const shift = { ':pk': fc.constantFrom('AQ==', 'AQI=').map((B) => ({ B })) };
const pk = { ':pk': S('a', 'b', 'é') };
const zone = { ':zone': fc.constantFrom('1', '2').map((n) => ({ N: n })) };

const queries = fc
  .oneof(
    query(JOURNAL, 'pk = :pk', fc.record(pk)),
    query(JOURNAL, 'pk = :pk AND begins_with(sk, :sk)', fc.record({ ...pk, ':sk': S('k', 'k1', 'é') })),
    query(JOURNAL, 'pk = :pk AND sk > :sk', fc.record({ ...pk, ':sk': S('k', 'k1', '\uffee') })),
    query(
      UNITS,
      '#zone = :zone AND #rank BETWEEN :low AND :high',
      fc.record({ ...zone, ':low': fc.constant({ N: '0' }), ':high': fc.constant({ N: '5' }) }),
    ),
    query(UNITS, '#zone = :zone AND #rank <= :high', fc.record({ ...zone, ':high': fc.constant({ N: '2' }) })),
    query({ ...BY_DAY, ExpressionAttributeNames: { '#d': 'day' } }, '#d = :d', fc.record({ ':d': S('d1', 'd2') })),
    query(BY_DAY, '#d = :d AND #o >= :o', fc.record({ ':d': S('d1'), ':o': S('o1', 'o2') })),
    // Without a sort key an index has no order of its own, and so no pages to compare.
    query({ ...UNITS, IndexName: 'byName' }, 's = :s', fc.record({ ':s': S('x', 'xy') })).map(
      ({ operation, input: { Limit: _, ...input } }) => ({
        operation,
        input,
      }),
    ),
    query(
      { ...UNITS, IndexName: 'byNameRank' },
      's = :s AND #rank > :rank',
      fc.record({ ':s': S('x'), ':rank': fc.constant({ N: '-9' }) }),
    ),
    query({ ...SHIFTS, IndexName: 'byScore' }, 'pk = :pk AND score >= :score', fc.record({ ...shift, ':score': fc.constant({ N: '1' }) })),
    query({ ...SHIFTS, IndexName: 'byNote', ConsistentRead: true }, 'pk = :pk', fc.record(shift)),
    query({ ...SHIFTS, IndexName: 'byScore', Select: 'ALL_ATTRIBUTES' }, 'pk = :pk', fc.record(shift)),
    query({ ...SHIFTS, IndexName: 'byKind' }, 'kind = :kind', fc.record({ ':kind': S('k1', 'k2') })),
    query(
      { ...SHIFTS, Select: 'COUNT' },
      'pk = :pk AND sk BETWEEN :low AND :high',
      fc.record({ ...shift, ':low': S('s1'), ':high': S('s2', 's3') }),
    ),
  )
  .map(({ operation, input }) => {
    const text = String(input['KeyConditionExpression']);
    const aliases = Object.fromEntries(['zone', 'rank'].filter((name) => text.includes(`#${name}`)).map((name) => [`#${name}`, name]));
    return { operation, input: Object.keys(aliases).length > 0 ? { ...input, ExpressionAttributeNames: aliases } : input };
  });

const returning = <T extends object>(input: fc.Arbitrary<T>, ...modes: string[]) =>
  fc
    .tuple(input, capacity, fc.constantFrom('NONE', ...modes))
    .map(([given, report, ReturnValues]) => ({ ...given, ...report, ReturnValues }));

/** Lists are returned whole by the oracle where AWS returns the elements named. */
const updateModes = returning(updatesOf, 'ALL_OLD', 'ALL_NEW', 'UPDATED_NEW', 'UPDATED_OLD').map((input) =>
  input.UpdateExpression.includes('l[') ? { ...input, ReturnValues: 'ALL_NEW' } : input,
);

/** Two tokens only: a repeat, or the same token for something else, comes soon. */
const token = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom('t1', 't2').map((ClientRequestToken) => ({ ClientRequestToken })) },
);

const reads = keyed.map(({ TableName, key }) => ({ Get: { TableName, Key: key } }));
const manyWrites = fc.array(
  fc.oneof(
    fc.tuple(keyed, attributes).map(([{ TableName, key }, more]) => [TableName, { PutRequest: { Item: { ...more, ...key } } }] as const),
    keyed.map(({ TableName, key }) => [TableName, { DeleteRequest: { Key: key } }] as const),
  ),
  { minLength: 1, maxLength: 6 },
);

const byTable = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown[]> => {
  const tables: Record<string, unknown[]> = {};
  for (const [name, one] of entries) tables[name] = [...(tables[name] ?? []), one];
  return tables;
};

const correct: fc.Arbitrary<RandomCall> = fc.oneof(
  { weight: 6, arbitrary: named('PutItem', returning(puts, 'ALL_OLD')) },
  { weight: 6, arbitrary: named('UpdateItem', updateModes) },
  { weight: 2, arbitrary: named('DeleteItem', returning(deletes, 'ALL_OLD')) },
  {
    weight: 2,
    arbitrary: named(
      'GetItem',
      fc
        .tuple(keyed, capacity)
        .map(([{ TableName, key }, report]) => ({ TableName, Key: key, ...report, ProjectionExpression: 'n, m.a, l[0], s' })),
    ),
  },
  {
    weight: 4,
    arbitrary: named(
      'TransactWriteItems',
      fc
        .tuple(fc.array(parts, { minLength: 1, maxLength: 4 }), capacity, token)
        .map(([TransactItems, report, repeat]) => ({ TransactItems, ...report, ...repeat })),
    ),
  },
  { weight: 6, arbitrary: queries },
  {
    weight: 1,
    arbitrary: named(
      'TransactGetItems',
      fc.tuple(fc.array(reads, { minLength: 1, maxLength: 4 }), capacity).map(([TransactItems, report]) => ({ TransactItems, ...report })),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'BatchWriteItem',
      fc.tuple(manyWrites, capacity).map(([writes, report]) => ({ RequestItems: byTable(writes), ...report })),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'BatchGetItem',
      fc
        .uniqueArray(journalKey, { minLength: 1, maxLength: 4, selector: (k) => JSON.stringify(k) })
        .map((Keys) => ({ RequestItems: { journal: { Keys } } })),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'Scan',
      conditions.map(({ text, values = {} }) => ({
        ...JOURNAL,
        FilterExpression: text,
        ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
      })),
    ),
  },
);

export const randomCall: fc.Arbitrary<RandomCall> = fc.oneof(
  { weight: 12, arbitrary: correct },
  { weight: 1, arbitrary: mistakes },
  { weight: 1, arbitrary: tableCalls },
);
