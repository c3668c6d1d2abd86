import fc from 'fast-check';

/** Few names and few values, so that random patterns and events meet; among them what EventBridge judges unusually. */
const name = fc.constantFrom('a', 'b', 'c', 'a.b', 'd-e');
const word = fc.constantFrom('', 'a', 'A', 'ab', 'ABC', 'abcabc', 'lpr', '10.0.0.7', '2001:db8::1', '*', '😀', 'ß');
const number = fc.constantFrom(0, -0.5, 0.5, 1, 2, 5, 300, 1e-6, 1e-7, 4e11, 10_000_007, -3);
const scalar = fc.oneof(word, number, fc.boolean(), fc.constant(null));

const limited = (values: readonly unknown[]) => fc.constantFrom(...values);

const range = fc
  .tuple(number, number, fc.constantFrom('<', '<='), fc.constantFrom('>', '>='))
  .filter(([one, other]) => one !== other && [one, other].every((n) => n !== 1e-7))
  .map(([one, other, top, bottom]) => ({ numeric: [bottom, Math.min(one, other), top, Math.max(one, other)] }));

const term = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  word.map((text) => ({ prefix: text })),
  word.map((text) => ({ suffix: text })),
  word.map((text) => ({ prefix: { 'equals-ignore-case': text } })),
  word.map((text) => ({ suffix: { 'equals-ignore-case': text } })),
  word.map((text) => ({ 'equals-ignore-case': text })),
  limited(['a*', '*c', 'a*c', '*', 'abc', '*b*', '\\**']).map((wildcard) => ({ wildcard })),
  limited(['10.0.0.0/24', '0.0.0.0/0', '2001:db8::/32', '10.0.0.6/31', '16.0.0.0/4']).map((cidr) => ({ cidr })),
  limited(['=', '<', '<=', '>', '>=']).map((operator) => ({ numeric: [operator, 1] })),
  range,
  fc.boolean().map((exists) => ({ exists })),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((values) => ({ 'anything-but': values })),
  fc.constant({ 'anything-but': [1, 300] }),
  fc.constant({ 'anything-but': { prefix: ['a', 'A'] } }),
  fc.constant({ 'anything-but': { wildcard: 'a*' } }),
);

const terms = fc.array(term, { minLength: 1, maxLength: 3 });
const fields = fc.letrec<{ object: Record<string, unknown> }>((tie) => ({
  object: fc.dictionary(name, fc.oneof({ arbitrary: terms, weight: 3 }, { arbitrary: tie('object'), weight: 1 }), {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  }),
})).object;

/** Valid event patterns, some with `$or`. */
export const patterns: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { arbitrary: fields, weight: 3 },
  {
    arbitrary: fc.tuple(fields, fc.array(fields, { minLength: 2, maxLength: 3 })).map(([both, either]) => ({ ...both, $or: either })),
    weight: 1,
  },
);

const { object: events_ } = fc.letrec<{ object: Record<string, unknown>; list: unknown[] }>((tie) => ({
  object: fc.dictionary(
    name,
    fc.oneof({ arbitrary: scalar, weight: 3 }, { arbitrary: tie('object'), weight: 1 }, { arbitrary: tie('list'), weight: 1 }),
    { maxKeys: 4, noNullPrototype: true },
  ),
  list: fc.array(
    fc.oneof({ arbitrary: scalar, weight: 2 }, { arbitrary: tie('object'), weight: 2 }, { arbitrary: tie('list'), weight: 1 }),
    {
      maxLength: 3,
    },
  ),
}));

/** Any JSON object, with arrays in arrays and dots in keys. */
export const events: fc.Arbitrary<Record<string, unknown>> = events_;
