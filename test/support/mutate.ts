import fc from 'fast-check';

/** What may stand in the place of a value: other kinds, extremes, and words that programs trip over. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    '',
    ' ',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '9999-12-31T23:59:59Z',
    [],
    {},
    [[]],
    { a: { a: {} } },
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ maxLength: 300 }),
);

type Step = { at: number; what: 'replace' | 'drop' | 'wrap'; with: unknown };

/** Every place in a value: the object that holds it, and under which name. */
const places = (value: unknown): { holder: Record<string, unknown>; name: string }[] => {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...places(holder[name])]);
};

const put = (holder: Record<string, unknown>, name: string, value: unknown): void => {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
};

const change = (value: unknown, { at, what, with: other }: Step): void => {
  const all = places(value);
  const place = all[at % Math.max(1, all.length)];
  if (!place) return;
  const { holder, name } = place;
  if (what === 'replace') put(holder, name, structuredClone(other));
  else if (what === 'wrap') put(holder, name, [holder[name]]);
  else delete holder[name];
};

/** A sample with one to four of its places changed: replaced by something strange, left out, or put in a list. */
export const mutated = (samples: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.record({ at: fc.nat(10_000), what: fc.constantFrom<Step['what']>('replace', 'drop', 'wrap'), with: strange }), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([sample, steps]) => {
      const copy = structuredClone(sample);
      for (const step of steps) change(copy, step);
      return copy;
    });
