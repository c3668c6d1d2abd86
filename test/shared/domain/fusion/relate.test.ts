import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainPair, type Observation, relate, rules } from '../../../../shared/domain/fusion/index.ts';
import { neighbourhood } from '../../../fusion-scenarios/neighbourhood.ts';
import { components } from '../../../support/components.ts';
import { observations, pair, shuffled } from './arbitrary.ts';

const valuesOf = (a: Observation, b: Observation) => {
  const reason = relate(a, b);
  return reason && { rule: reason.rule, values: reason.values };
};

test('a is related to b as b is to a, by the same rule and with the same values', () => {
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(valuesOf(a, b)).toEqual(valuesOf(b, a));
    }),
    { numRuns: 3000 },
  );
});

test('the explanation says related where the relation does, and names a failed condition for each rule that does not hold', () => {
  fc.assert(
    fc.property(pair, ([a, b]) => {
      const reason = relate(a, b);
      const { related, rules: explained } = explainPair(a, b);
      expect(related).toBe(reason !== undefined);
      expect(explained.find(({ holds }) => holds)?.strategy).toBe(reason?.rule);
      for (const { holds, failed, conditions } of explained) {
        expect(failed === undefined).toBe(holds);
        expect(conditions.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 3000 },
  );
});

test('every rule relates some pair of these streets, so that what is said of pairs is said of each rule', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(observations(30, 30), (all) => {
      all.forEach((a, n) => {
        for (const b of all.slice(n + 1)) met.add(relate(a, b)?.rule ?? '');
      });
    }),
    { numRuns: 100, seed: 5 },
  );
  expect([...met].filter(Boolean).sort()).toEqual(rules.map(({ strategy }) => strategy).sort());
});

test('the lookups of each find the other, wherever two are related', () => {
  fc.assert(
    fc.property(observations(25, 2), (all) => {
      const index = neighbourhood();
      for (const seen of all) index.add(seen);
      for (const seen of all) {
        const scanned = all.filter((other) => other !== seen && relate(seen, other)).map(({ node }) => node);
        expect(
          index
            .related(seen)
            .map(({ node }) => node)
            .sort(),
        ).toEqual(scanned.sort());
      }
    }),
    { numRuns: 300 },
  );
});

const setsOf = (all: readonly Observation[]): string[] => {
  const sets = new Map<string, string[]>();
  for (const [node, root] of components(all, (a, b) => relate(a, b) !== undefined)) sets.set(root, [...(sets.get(root) ?? []), node]);
  return [...sets.values()].map((nodes) => nodes.sort().join(' ')).sort();
};

test('the sets that the relation connects are the same in any order and with duplicates', () => {
  fc.assert(
    fc.property(shuffled(25), ({ all, again }) => {
      expect(setsOf(again)).toEqual(setsOf(all));
    }),
    { numRuns: 300 },
  );
});

test('an observation that names nothing and was nowhere is related to none', () => {
  fc.assert(
    fc.property(observations(20, 2), (all) => {
      const bare = { ...(all[0] as Observation), node: 'bare', eventKey: 'x#bare', lat: undefined, lon: undefined, entities: [] };
      for (const other of all) expect(relate(bare, other)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
