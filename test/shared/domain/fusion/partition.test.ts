import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrder, type Observation, older, outgrown, partition, summarise } from '../../../../shared/domain/fusion/index.ts';
import { holdsFor } from '../../../../shared/domain/fusion/judge.ts';
import { sameEntity } from '../../../../shared/domain/fusion/rules/index.ts';
import { withinSpan } from '../../../../shared/domain/fusion/span.ts';
import { components } from '../../../support/components.ts';
import { observations, shuffled } from './arbitrary.ts';

const said = (members: readonly Observation[]): string[] =>
  partition(members).map(({ id, members: all }) => `${id}: ${all.map(({ node }) => node).join(' ')}`);

/** Gunfire along a street: so many shots, so many seconds and metres from one to the next. */
const shots = (count: number, everyS: number, everyM: number, more: (n: number) => Partial<Observation> = () => ({})): Observation[] =>
  Array.from({ length: count }, (_, n) => ({
    node: `s${String(n).padStart(3, '0')}`,
    eventKey: `gunshot_detection#s${String(n).padStart(3, '0')}`,
    at: new Date(Date.UTC(2026, 10, 21, 23) + n * everyS * 1000).toISOString(),
    openedAt: new Date(Date.UTC(2026, 10, 21, 23) + n * everyS * 1000 + 500).toISOString(),
    source: 'gunshot_detection',
    type: 'gunshot.detected',
    family: 'gunfire',
    category: 'SENSOR',
    priority: 'CRITICAL',
    lat: 26.77 + (n * everyM) / 111_195,
    lon: -80.06,
    radiusM: 25,
    threatLevel: 0.8,
    confidence: 0.8,
    entities: [],
    ...more(n),
  }));

describe('the parts of an incident', () => {
  test('are the same for any order and with duplicates', () => {
    fc.assert(
      fc.property(shuffled(25), ({ all, again }) => {
        expect(said(again)).toEqual(said(all));
      }),
      { numRuns: 300 },
    );
  });

  test('have every member in one of them, each named after its oldest', () => {
    fc.assert(
      fc.property(observations(25, 1), (all) => {
        const groups = partition(all);
        expect(groups.flatMap(({ members }) => members.map(({ node }) => node)).sort()).toEqual(all.map(({ node }) => node).sort());
        for (const { id, members } of groups) expect(id).toBe([...members].sort(older)[0]?.node);
        expect(groups.some(({ id }) => id === [...all].sort(older)[0]?.node)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('keep together what an identity links', () => {
    fc.assert(
      fc.property(observations(25, 1), (all) => {
        const groupOf = new Map(partition(all).flatMap(({ id, members }) => members.map(({ node }) => [node, id] as const)));
        all.forEach((a, n) => {
          for (const b of all.slice(n + 1)) if (holdsFor(sameEntity, a, b)) expect(groupOf.get(a.node)).toBe(groupOf.get(b.node));
        });
      }),
      { numRuns: 300 },
    );
  });

  test('respect the span: each member lies within that of what its part began with', () => {
    fc.assert(
      fc.property(observations(25, 1), (all) => {
        const linked = components(all, (a, b) => holdsFor(sameEntity, a, b) !== undefined);
        for (const { members } of partition(all)) {
          const first = [...members].sort(inOrder)[0] as Observation;
          const anchor = members.filter(({ node }) => linked.get(node) === linked.get(first.node));
          for (const seen of members) expect(anchor.includes(seen) || anchor.some((other) => withinSpan(seen, other))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('of the whole are what the last event leaves, whichever it was and however the set grew', () => {
    fc.assert(
      fc.property(shuffled(16), ({ all, again }) => {
        const relation = (a: Observation, b: Observation) => holdsFor(sameEntity, a, b) !== undefined || withinSpan(a, b);
        let sets: Observation[][] = [];
        for (const seen of again) {
          if (sets.flat().some(({ node }) => node === seen.node)) continue;
          const touching = sets.filter((set) => set.some((other) => relation(seen, other)));
          sets = [...sets.filter((set) => !touching.includes(set)), [...touching.flat(), seen]];
        }
        const whole = new Map<string, Observation[]>();
        const root = components(all, relation);
        for (const seen of all) whole.set(root.get(seen.node) ?? '', [...(whole.get(root.get(seen.node) ?? '') ?? []), seen]);
        expect(sets.flatMap(said).sort()).toEqual([...whole.values()].flatMap(said).sort());
      }),
      { numRuns: 200 },
    );
  });

  test('are more than one only where the summary says that it may have outgrown its span', () => {
    fc.assert(
      fc.property(observations(12, 1), (all) => {
        if (partition(all).length > 1) expect(outgrown(summarise(all))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('gunfire', () => {
  test('of twenty shots over eighteen minutes and 450 m is one incident', () => {
    const all = shots(20, 57, 23.7);
    expect(partition(all)).toHaveLength(1);
    expect(outgrown(summarise(all))).toBe(false);
  });

  test('that goes on for two hours in one place is four incidents of half an hour', () => {
    const groups = partition(shots(120, 60, 0));
    expect(groups.map(({ members }) => members.length)).toEqual([31, 31, 31, 27]);
  });

  test('that wanders four kilometres is several incidents, and one where a plate links it all', () => {
    expect(partition(shots(40, 30, 100)).length).toBeGreaterThan(3);
    expect(partition(shots(40, 30, 100, () => ({ entities: ['plate#KQX77B'] })))).toHaveLength(1);
  });

  test('of which a late record tells an earlier beginning is cut anew from there', () => {
    const all = shots(40, 60, 0);
    const late = { ...(all[0] as Observation), node: 'late', eventKey: 'gunshot_detection#late', at: '2026-11-21T22:56:00.000Z' };
    expect(partition(all).map(({ members }) => members.length)).toEqual([31, 9]);
    expect(partition([...all, late]).map(({ members }) => members.length)).toEqual([28, 13]);
  });
});
