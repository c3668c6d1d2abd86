import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, explain, inWords } from '../../../shared/pattern/index.ts';
import { events, patterns } from './arbitraries.ts';

const failures = (pattern: object, event: object): string[] => explain(pattern, event).failed.map(inWords);

describe('an explanation', () => {
  it('says that a pattern matches exactly where it does: where some branch has no condition that failed', () => {
    fc.assert(
      fc.property(patterns, fc.array(events, { minLength: 1, maxLength: 8 }), (pattern, subjects) => {
        const compiled = compilePattern(pattern);
        for (const event of subjects) {
          const { matches, branches, failed } = explain(compiled, event);
          expect(matches).toBe(compiled.matches(event));
          expect(branches.some((branch) => branch.failed.length === 0)).toBe(matches);
          expect(failed.length === 0).toBe(matches);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, unknown[], unknown, string]>([
    ['a number below its bound', [{ numeric: ['>=', 0.7] }], 0.6, 'data.k is 0.6; wanted ≥ 0.7'],
    ['a range', [{ numeric: ['>', 0, '<=', 5] }], 7, 'data.k is 7; wanted > 0 and ≤ 5'],
    ['an exact number, however it is written', [{ numeric: ['=', 5] }, 6], 7, 'data.k is 7; wanted 5 or 6'],
    ['what is not there', ['a', 'b'], undefined, 'data.k is absent; wanted "a" or "b"'],
    ['what should not be there', [{ exists: false }], null, 'data.k is null; wanted no value'],
    ['what should be there', [{ exists: true }], undefined, 'data.k is absent; wanted any value'],
    ['a prefix', [{ prefix: 'call.' }], 'unit.x', 'data.k is "unit.x"; wanted what begins with "call."'],
    ['a suffix in any case', [{ suffix: { 'equals-ignore-case': 'png' } }], 'x', 'data.k is "x"; wanted what ends with "png" in any case'],
    ['a wildcard', [{ wildcard: 'a*b' }], 'x', 'data.k is "x"; wanted what looks like "a*b"'],
    ['a block', [{ cidr: '10.0.0.0/8' }], '11.0.0.1', 'data.k is "11.0.0.1"; wanted an address in 10.0.0.0/8'],
    ['what is excluded', [{ 'anything-but': ['x', 'y'] }], 'x', 'data.k is "x"; wanted anything but "x" or "y"'],
    [
      'what is excluded by how it begins',
      [{ 'anything-but': { prefix: ['x', 'y'] } }],
      'xx',
      'data.k is "xx"; wanted anything but what begins with "x" or "y"',
    ],
    ['a list that is long', ['z'], ['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'data.k is "a", "b", "c", "d", "e" and 2 more; wanted "z"'],
  ])('names %s', (_what, terms, k, sentence) => {
    expect(failures({ data: { k: terms } }, { data: { k } })).toEqual([sentence]);
  });

  it('says where conditions hold each alone and not in one element of an array', () => {
    const pattern = { source: ['cad'], units: { free: [true], kind: ['drone'] } };
    const units = [
      { kind: 'drone', free: false },
      { kind: 'car', free: true },
    ];
    const [failed, ...others] = explain(pattern, { source: 'cad', units }).failed;
    expect(others).toEqual([]);
    expect(failed).toMatchObject({ path: 'units.kind', held: false, found: ['drone', 'car'], apartFrom: ['units.free'] });
    expect(failed && inWords(failed)).toBe('units.kind is "drone", "car"; wanted "drone" in the element that fits units.free');
  });

  it('goes through every alternative of $or and names each failure once', () => {
    const pattern = { source: ['cad'], $or: [{ a: [1] }, { b: [{ numeric: ['>', 5] }] }] };
    const { branches, failed } = explain(pattern, { source: 'rms', a: 2, b: 3 });
    expect(branches.map((branch) => branch.failed.map(({ path }) => path))).toEqual([
      ['a', 'source'],
      ['b', 'source'],
    ]);
    expect(failed.map(({ path, wanted }) => [path, wanted])).toEqual([
      ['a', [1]],
      ['source', ['cad']],
      ['b', [{ numeric: ['>', 5] }]],
    ]);
    expect(explain(pattern, { source: 'cad', a: 2, b: 6 })).toMatchObject({ matches: true, failed: [] });
  });

  it('takes a pattern whose fields are called as a compiled pattern’s members', () => {
    expect(explain({ branches: ['x'], matches: ['y'] }, { branches: 'x', matches: 'y' }).matches).toBe(true);
  });
});
