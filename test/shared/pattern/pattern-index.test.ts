import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompiledPattern, compilePattern, createPatternIndex } from '../../../shared/pattern/index.ts';
import { events, patterns } from './arbitraries.ts';

const linear = (rules: ReadonlyMap<number, CompiledPattern>, event: object): number[] =>
  [...rules].flatMap(([id, pattern]) => (pattern.matches(event) ? [id] : []));

describe('the index', () => {
  it('finds exactly what each pattern finds alone, in the order they were added', () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 40 }), fc.array(events, { minLength: 1, maxLength: 10 }), (many, subjects) => {
        const rules = new Map(many.map((pattern, id) => [id, compilePattern(pattern)]));
        const index = createPatternIndex<number>();
        for (const [id, pattern] of rules) index.add(id, pattern);
        for (const event of subjects) expect(index.matching(event)).toEqual(linear(rules, event));
      }),
      { numRuns: 400 },
    );
  });

  it('forgets what was taken out and judges anew what was put in its place', () => {
    const step = fc.record({ id: fc.nat(15), pattern: fc.option(patterns), event: events });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rules = new Map<number, CompiledPattern>();
        const index = createPatternIndex<number>();
        for (const { id, pattern, event } of steps) {
          rules.delete(id);
          if (pattern) {
            rules.set(id, compilePattern(pattern));
            index.add(id, compilePattern(pattern));
          } else index.remove(id);
          expect(index.matching(event)).toEqual(linear(rules, event));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leads one event to few of many rules, whatever tells them apart', () => {
    const kinds: ((n: number) => unknown)[] = [
      (n) => `v${n}`,
      (n) => n,
      (n) => ({ prefix: `v${n}-` }),
      (n) => ({ suffix: `-${n}v` }),
      (n) => ({ 'equals-ignore-case': `V${n}` }),
      (n) => ({ numeric: ['>=', n, '<', n + 1] }),
      (n) => ({ wildcard: `v${n}-*` }),
      (n) => ({ cidr: `10.${n >> 8}.${n & 255}.0/24` }),
      (n) => `10.${n >> 8}.${n & 255}.1`,
    ];
    for (const kind of kinds) {
      const index = createPatternIndex<number>();
      let looks = 0;
      for (let n = 0; n < 1000; n += 1) {
        const { branches, matches } = compilePattern({ k: [kind(n)] });
        const [[condition]] = branches as [[(typeof branches)[0][0]]];
        const counted = {
          ...condition,
          get terms() {
            looks += 1;
            return condition.terms;
          },
        };
        index.add(n, { branches: [[counted]], matches });
      }
      looks = 0;
      for (const k of ['v7-x-7v', 'V7', 7, 7.5, '10.0.7.1']) index.matching({ k });
      expect(looks, JSON.stringify(kind(0))).toBeLessThan(100);
    }
  });

  it('grows no faster than the rules where each lists many values of many fields', () => {
    const many = (letter: string) => Array.from({ length: 60 }, (_, n) => `${letter}${n}`);
    const pattern = compilePattern({ a: many('a'), b: many('b'), c: many('c') });
    const index = createPatternIndex<number>();
    for (let n = 0; n < 200; n += 1) index.add(n, pattern);
    expect(index.matching({ a: 'a1', b: 'b2', c: 'c3' })).toHaveLength(200);
    for (let n = 0; n < 199; n += 1) index.remove(n);
    expect(index.matching({ a: 'a1', b: 'b2', c: 'c3' })).toEqual([199]);
  });
});
