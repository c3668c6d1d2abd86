import fc from 'fast-check';

/** Keys, attributes, conditions and updates for the fixture's tables, from so few values that they meet often. */

export const S = (...texts: string[]) => fc.constantFrom(...texts).map((text) => ({ S: text }));
const numbers = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom('1.5', '-0.25', '1e3', '100', '0.001', '9007199254740993', '12345678901234567890.5', '-7E-3'),
);
export const N = numbers.map((text) => ({ N: text }));

export const journalKey = fc.record({ pk: S('a', 'b', 'é'), sk: S('k1', 'k10', 'k2', 'é', '\u{1f693}', '\uffee') });
export const unitKey = fc.record({
  zone: fc.constantFrom('1', '2', '-3').map((n) => ({ N: n })),
  rank: fc.constantFrom('1', '10', '2', '-5', '0.5').map((n) => ({ N: n })),
});

const subset = (texts: readonly string[]) => fc.subarray([...texts], { minLength: 1 });
export const attributes = fc.record(
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
    score: fc.constantFrom('1', '5', '-2', '10').map((n) => ({ N: n })),
    note: S('n1', 'n2', 'n3'),
    kind: S('k1', 'k2'),
  },
  { requiredKeys: [] },
);

export const shiftKey = fc.record({
  pk: fc.constantFrom('AQ==', 'AQI=', '/w==').map((B) => ({ B })),
  sk: S('s1', 's2', 's3'),
});

export const table = fc.constantFrom(
  { TableName: 'journal', key: journalKey },
  { TableName: 'units', key: unitKey },
  { TableName: 'shifts', key: shiftKey },
);

export interface Piece {
  readonly text: string;
  readonly values?: Record<string, unknown>;
}

const piece = (text: string, values: fc.Arbitrary<Record<string, unknown>> = fc.constant({})): fc.Arbitrary<Piece> =>
  values.map((given) => ({ text, values: given }));

export const predicates: fc.Arbitrary<Piece> = fc.oneof(
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

export const conditions: fc.Arbitrary<Piece> = fc.oneof(
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
export const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

export const guarded = sometimes(conditions).map((condition) =>
  condition
    ? {
        ConditionExpression: condition.text,
        ...(Object.keys(condition.values ?? {}).length > 0 ? { ExpressionAttributeValues: condition.values } : {}),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }
    : {},
);

export const updates: fc.Arbitrary<Piece> = fc.oneof(
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
  piece('SET score = :n REMOVE note', fc.record({ ':n': fc.constantFrom('1', '7').map((n) => ({ N: n })) })),
  piece('SET note = :s, kind = :s', fc.record({ ':s': S('n1', 'k1') })),
  piece('ADD score :n', fc.record({ ':n': fc.constant({ N: '1' }) })),
  piece('SET m.b = :s, m.c.d = :s', fc.record({ ':s': S('x') })),
  piece('SET s = :s, ss = :ss, b = :b', fc.record({ ':s': S('a'), ':ss': fc.constant({ SS: ['q'] }), ':b': fc.constant({ B: 'AAE=' }) })),
  piece('ADD ss :ss DELETE ns :ns', fc.constant({ ':ss': { SS: ['p', 'z'] }, ':ns': { NS: ['1'] } })),
  piece('SET n = :n - n, l = list_append(:l, l)', fc.record({ ':n': N, ':l': fc.constant({ L: [] }) })),
);

export const NAMES: Readonly<Record<string, string>> = { '#d': 'day', '#o': 'order' };

export const namesIn = (text: string): Record<string, unknown> => {
  const used = Object.entries(NAMES).filter(([name]) => text.includes(name));
  return used.length > 0 ? { ExpressionAttributeNames: Object.fromEntries(used) } : {};
};
