import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  centroidOf,
  combine,
  confidenceOf,
  type Observation,
  type Summary,
  stateOf,
  summarise,
  timeline,
} from '../../../../shared/domain/fusion/index.ts';
import { metres } from '../../../../shared/domain/metres.ts';
import { observations, shuffled } from './arbitrary.ts';

const parted = observations(20, 3).chain((all) =>
  fc
    .tuple(fc.integer({ min: 1, max: all.length - 2 }), fc.integer({ min: 1, max: all.length - 2 }))
    .map(([one, other]) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other) + 1];
      return [all.slice(0, first), all.slice(first, second), all.slice(second)].map((part) => (part.length > 0 ? part : undefined));
    })
    .filter((parts): parts is [Observation[], Observation[], Observation[]] => parts.every((part) => part !== undefined)),
);

describe('what is kept of the members', () => {
  test('is the same in any order, and each member counts once', () => {
    fc.assert(
      fc.property(shuffled(20), ({ all, again }) => {
        expect(summarise(again)).toEqual(summarise(all));
        expect(summarise(again).events).toBe(all.length);
      }),
    );
  });

  test('is the same however disjoint parts were put together', () => {
    fc.assert(
      fc.property(parted, (parts) => {
        const [a, b, c] = parts.map(summarise) as [Summary, Summary, Summary];
        const whole = summarise(parts.flat());
        expect(combine(combine(a, b), c)).toEqual(whole);
        expect(combine(a, combine(c, b))).toEqual(whole);
      }),
    );
  });
});

const seen = (node: string, more: Partial<Observation>): Observation => ({
  node,
  eventKey: `dispatch#${node}`,
  at: '2026-11-22T16:00:00.000Z',
  openedAt: '2026-11-22T16:00:01.000Z',
  source: 'dispatch',
  type: 'call.traffic',
  family: 'traffic',
  category: 'INCIDENT',
  priority: 'MEDIUM',
  threatLevel: 0.2,
  confidence: 0.8,
  entities: [],
  ...more,
});

describe('confidence', () => {
  const of = (...said: [Observation['source'], number][]) =>
    confidenceOf(summarise(said.map(([source, confidence], n) => seen(`n${n}`, { source, confidence }))));

  test('grows with independent sources and not with counts', () => {
    expect(of(['gunshot_detection', 0.8])).toBe(0.8);
    expect(of(['gunshot_detection', 0.8], ['gunshot_detection', 0.8], ['gunshot_detection', 0.6])).toBe(0.8);
    expect(of(['gunshot_detection', 0.8], ['dispatch', 0.5])).toBe(0.9);
  });

  test('counts one caller through two doors once', () => {
    expect(of(['dispatch', 0.6], ['cad_system', 0.9])).toBe(0.9);
  });

  test('is not raised by a score, and a score alone has none', () => {
    expect(of(['dispatch', 0.6], ['ai_sentinel', 0.99])).toBe(0.6);
    expect(of(['ai_sentinel', 0.99], ['predictive_intel', 0.99])).toBe(0);
  });
});

describe('the middle of an incident', () => {
  test('holds every member with its error', () => {
    fc.assert(
      fc.property(observations(12, 1), (all) => {
        const middle = centroidOf(summarise(all).extent);
        const placed = all.filter(({ lat, radiusM = 0 }) => lat !== undefined && radiusM <= 1000);
        expect(middle === undefined).toBe(placed.length === 0);
        for (const { lat = 0, lon = 0, radiusM = 0 } of middle ? placed : []) {
          expect(metres(middle ?? { lat, lon }, { lat, lon }) + radiusM).toBeLessThanOrEqual((middle?.radiusM ?? 0) + 1);
        }
      }),
    );
  });

  test('is beside the antimeridian where the members are', () => {
    const middle = centroidOf(
      summarise([seen('a', { lat: 0, lon: 179.999, radiusM: 0 }), seen('b', { lat: 0, lon: -179.999, radiusM: 0 })]).extent,
    );
    expect(Math.abs(middle?.lon ?? 0)).toBeCloseTo(180, 3);
    expect(middle?.radiusM).toBeLessThan(250);
  });
});

describe('the state of an incident', () => {
  const word = (n: number, type: string, minute: number, number: string, more: Partial<Observation> = {}) =>
    seen(`n${n}`, {
      type,
      family: 'call',
      source: 'cad_system',
      at: `2026-11-22T16:${String(minute).padStart(2, '0')}:00.000Z`,
      entities: [`cad-incident#${number}`],
      ...more,
    });
  const state = (...members: Observation[]) => stateOf(summarise(members));

  test('is open until CAD has cleared each of its numbers', () => {
    expect(state(word(1, 'call.opened', 0, 'A1'))).toBe('OPEN');
    expect(state(word(1, 'call.opened', 0, 'A1'), word(2, 'call.cleared', 9, 'A1'))).toBe('CLOSED');
    expect(state(word(1, 'call.opened', 0, 'A1'), word(2, 'call.cleared', 9, 'A1'), word(3, 'call.opened', 3, 'B2'))).toBe('OPEN');
  });

  test('does not depend on what came first', () => {
    expect(state(word(2, 'call.cleared', 9, 'A1'), word(1, 'call.opened', 0, 'A1'))).toBe('CLOSED');
  });

  test('is open again when something is observed afterwards, and not for a complaint about it', () => {
    const closed = [word(1, 'call.opened', 0, 'A1'), word(2, 'call.cleared', 9, 'A1')];
    expect(state(...closed, seen('n3', { at: '2026-11-22T16:20:00.000Z' }))).toBe('OPEN');
    expect(state(...closed, seen('n3', { at: '2026-11-22T16:20:00.000Z', category: 'GOVERNANCE', source: 'public_guardian' }))).toBe(
      'CLOSED',
    );
  });

  test('is never closed by anyone but who keeps the records', () => {
    expect(state(word(1, 'call.opened', 0, 'A1'), word(2, 'call.cleared', 9, 'A1', { source: 'ai_sentinel' }))).toBe('OPEN');
  });
});

test('the timeline has each member once, in the order in which things were observed', () => {
  fc.assert(
    fc.property(shuffled(20), ({ all, again }) => {
      const times = timeline(again).map(({ at }) => at);
      expect(times).toEqual([...times].sort());
      expect(timeline(again)).toEqual(timeline(all));
    }),
  );
});
