import fc from 'fast-check';

/** Random calls over the fixture's two tables, from so few keys that they meet often. `T` stands for a table's name. */
export interface RandomCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

const S = (...texts: string[]) => fc.constantFrom(...texts).map((text) => ({ S: text }));
const numbers = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom('1.5', '-0.25', '1e3', '100', '0.001', '9007199254740993', '12345678901234567890.5', '-7E-3'),
);
const N = numbers.map((text) => ({ N: text }));

const journalKey = fc.record({ pk: S('a', 'b', 'é'), sk: S('k1', 'k10', 'k2', 'é', '\u{1f693}', '\uffee') });
const unitKey = fc.record({
  zone: fc.constantFrom('1', '2', '-3').map((n) => ({ N: n })),
  rank: fc.constantFrom('1', '10', '2', '-5', '0.5').map((n) => ({ N: n })),
});

const subset = (texts: readonly string[]) => fc.subarray([...texts], { minLength: 1 });
const attributes = fc.record(
  {
    n: N,
    s: S('x', 'xy', 'zebra', 'long'.repeat(300)),
    ss: subset(['p', 'q', 'r']).map((SS) => ({ SS })),
    ns: subset(['1', '2', '3.5']).map((NS) => ({ NS })),
    l: fc.array(fc.oneof(N, S('e1', 'e2')), { maxLength: 3 }).map((L) => ({ L })),
    m: fc.record({ a: N, b: S('x', 'y') }, { requiredKeys: [] }).map((M) => ({ M })),
    f: fc.boolean().map((BOOL) => ({ BOOL })),
    z: fc.constant({ NULL: true }),
    b: fc.constantFrom('AQID', '/w==').map((B) => ({ B })),
    day: S('d1', 'd2'),
    order: S('o1', 'o2', 'o3'),
  },
  { requiredKeys: [] },
);

const table = fc.constantFrom({ TableName: 'journal', key: journalKey }, { TableName: 'units', key: unitKey });

interface Piece {
  readonly text: string;
  readonly values?: Record<string, unknown>;
}

const piece = (text: string, values: fc.Arbitrary<Record<string, unknown>> = fc.constant({})): fc.Arbitrary<Piece> =>
  values.map((given) => ({ text, values: given }));

const predicates: fc.Arbitrary<Piece> = fc.oneof(
  ...['attribute_exists(n)', 'attribute_not_exists(s)', 'attribute_exists(m.a)', 'n < l[0]', 'contains(ss, s)', 'size(s) > size(ss)'].map(
    (text) => piece(text),
  ),
  ...['n = :n', 'n < :n', 'n >= :n', 'm.a > :n', 'l[1] = :n', 'contains(l, :n)', 'contains(ns, :n)', 'n <> :n', 'size(l) > :n'].map(
    (text) => piece(text, fc.record({ ':n': N })),
  ),
  ...['s = :s', 'begins_with(s, :s)', 'contains(s, :s)', 's IN (:s, m.b)', 's <> :s', 'm.b <= :s', 'contains(ss, :s)'].map((text) =>
    piece(text, fc.record({ ':s': S('x', 'xy', 'p') })),
  ),
  piece('n BETWEEN :low AND :high', fc.constant({ ':low': { N: '-3' }, ':high': { N: '7' } })),
  piece('attribute_type(z, :t)', fc.record({ ':t': S('NULL', 'S') })),
);

const conditions: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: predicates },
  { weight: 1, arbitrary: predicates.map(({ text, values = {} }) => ({ text: `NOT (${text})`, values })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(predicates, fc.constantFrom('AND', 'OR'), predicates)
      .map(([left, joint, right]) => ({ text: `(${left.text}) ${joint} ${right.text}`, values: { ...left.values, ...right.values } })),
  },
);

/** One time in four: a call that fails its condition exercises little else. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const guarded = sometimes(conditions).map((condition) =>
  condition
    ? {
        ConditionExpression: condition.text,
        ...(Object.keys(condition.values ?? {}).length > 0 ? { ExpressionAttributeValues: condition.values } : {}),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }
    : {},
);

const updates: fc.Arbitrary<Piece> = fc.oneof(
  piece('SET n = :n, m.a = :n', fc.record({ ':n': N })),
  piece('SET n = n + :n', fc.record({ ':n': N })),
  piece('SET n = if_not_exists(n, :n) - :n', fc.record({ ':n': N })),
  piece(
    'SET l = list_append(if_not_exists(l, :e), :l) REMOVE ss',
    fc.record({ ':e': fc.constant({ L: [] }), ':l': fc.constant({ L: [{ S: 'new' }] }) }),
  ),
  piece('SET s = :s ADD n :n, ns :ns', fc.record({ ':s': S('x', 'w'), ':n': N, ':ns': fc.constant({ NS: ['2', '9'] }) })),
  piece('DELETE ss :ss REMOVE n, z', fc.constant({ ':ss': { SS: ['p', 'q'] } })),
  piece('SET l[0] = :s', fc.record({ ':s': S('x') })),
  piece('REMOVE ns, f'),
  piece('ADD s :n', fc.record({ ':n': N })),
  piece('SET #d = :s, #o = :s', fc.record({ ':s': S('d1', 'o1') })),
  piece('REMOVE #d'),
  piece('SET m = :m, f = m', fc.constant({ ':m': { M: { a: { N: '1.50' } } } })),
);

const NAMES: Readonly<Record<string, string>> = { '#d': 'day', '#o': 'order' };

const namesIn = (text: string): Record<string, unknown> => {
  const used = Object.entries(NAMES).filter(([name]) => text.includes(name));
  return used.length > 0 ? { ExpressionAttributeNames: Object.fromEntries(used) } : {};
};

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
const UNITS = { TableName: 'units' };
const BY_DAY = { ...JOURNAL, IndexName: 'byDay', ExpressionAttributeNames: NAMES };
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

export const randomCall: fc.Arbitrary<RandomCall> = fc.oneof(
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
      fc.array(parts, { minLength: 1, maxLength: 4 }).map((TransactItems) => ({ TransactItems })),
    ),
  },
  { weight: 5, arbitrary: queries },
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
