import fc from 'fast-check';
import { expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import { normaliseEntity } from '../../../shared/domain/normalise.ts';
import { ENTITY_WINDOW_MS, type Observation, sameEntity, samePlace } from '../../../shared/domain/relate.ts';
import { familyOf } from '../../../shared/sources/index.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';

/** Two neighbourhoods, a few minutes, few plates: dense enough that chains of related events form and nearly form. */
const observation = fc.record({
  type: fc.constantFrom('gunshot.detected', 'call.shots-fired', 'call.traffic'),
  at: fc.integer({ min: 0, max: 1500 }),
  north: fc.integer({ min: 0, max: 1200 }),
  plate: fc.option(fc.constantFrom('ABC 123', 'abc-123', 'ZZZ 999'), { nil: undefined, freq: 4 }),
});
type Seen = typeof observation extends fc.Arbitrary<infer T> ? T : never;

const START = Date.UTC(2026, 10, 22, 16);
const envelope = (seen: Seen, index: number) => ({
  specversion: '1.0',
  id: `e${index}`,
  source: 'test',
  type: seen.type,
  time: new Date(START + seen.at * 1000).toISOString(),
  data: {
    location: { lat: 26.77 + seen.north / 111_195, lon: -80.06, radiusM: 20 },
    entities: seen.plate ? [{ kind: 'plate', id: seen.plate }] : [],
  },
});

/** The relation's connected components, by the plainest way there is. */
const reference = (seen: Seen[]): string[] => {
  const items = seen.map((one, index) => {
    const { data, time } = envelope(one, index);
    const observed: Observation = {
      node: `e${index}`,
      eventKey: `e${index}`,
      at: time,
      source: 'test',
      family: familyOf(one.type),
      ...data.location,
    };
    return { observed, entities: data.entities.map(normaliseEntity) };
  });
  const group = items.map((_, index) => index);
  const find = (index: number): number => (group[index] === index ? index : find(group[index] ?? index));
  items.forEach((a, i) => {
    items.forEach((b, j) => {
      const shared = a.entities.find(
        (entity) => ENTITY_WINDOW_MS[entity.kind] && b.entities.some(({ kind, id }) => kind === entity.kind && id === entity.id),
      );
      const joined = samePlace(a.observed, b.observed) ?? (shared && sameEntity(a.observed, b.observed, shared));
      if (i < j && joined) group[find(j)] = find(i);
    });
  });
  const byRoot = new Map<number, string[]>();
  items.forEach((_, index) => {
    byRoot.set(find(index), [...(byRoot.get(find(index)) ?? []), `dispatch#e${index}`]);
  });
  return [...byRoot.values()].map((keys) => keys.sort().join(' ')).sort();
};

test('member sets are the same for any order, duplication and concurrency', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(observation, { minLength: 2, maxLength: 12 }).chain((seen) =>
        fc.record({
          seen: fc.constant(seen),
          order: fc.shuffledSubarray(
            seen.map((_, index) => index),
            { minLength: seen.length },
          ),
          again: fc.subarray(seen.map((_, index) => index)),
          seed: fc.integer(),
        }),
      ),
      async ({ seen, order, again, seed }) => {
        const ground = rooms({ seed, shuffle: true });
        const deliveries = [...order, ...again].map((index) => raw('dispatch', envelope(seen[index] as Seen, index)));
        const rival = [create(ground.runtime), create(ground.runtime), create(ground.runtime)];
        const answers = await ground.settle(Promise.all(deliveries.map((event, turn) => rival[turn % 3]?.(delivery(event)))));
        expect(answers.every((answer) => answer?.batchItemFailures.length === 0)).toBe(true);
        const roots = new Set<string>();
        for (const index of order)
          roots.add((await ground.stores.incidents.root(String((await ground.stores.events.get(`dispatch#e${index}`))?.node))).incident.id);
        const found = await Promise.all([...roots].map(async (root) => (await ground.stores.incidents.members(root)).sort().join(' ')));
        expect(found.sort()).toEqual(reference(seen));
        const entries = await ground.entries();
        const count = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
        expect(count('event.accepted')).toBe(count('event.fused') + count('event.dropped'));
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);
