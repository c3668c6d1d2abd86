import fc from 'fast-check';
import { expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import { apart } from '../../../shared/domain/apart.ts';
import { type Observation, observe, partition, relate } from '../../../shared/domain/fusion/index.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { factsOf } from '../../../shared/policy/facts.ts';
import type { StoredEvent } from '../../../shared/stores/events.ts';
import { delivery, type Rooms, raw, rooms } from '../../support/rooms.ts';

/** Two neighbourhoods, a few minutes, few plates: dense enough that chains of related events form and nearly form. */
const observation = fc.record({
  type: fc.constantFrom('gunshot.detected', 'call.shots-fired', 'call.traffic'),
  at: fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 4000 })),
  north: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 1600 })),
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

const said = (id: string, keys: readonly string[]): string => `${id}: ${[...keys].sort().join(' ')}`;

/** What the relation connects, cut where it outgrows its span, by the plainest way there is: all pairs. */
const reference = (stored: StoredEvent[]): string[] => {
  const items = stored.map(({ node, key, event }) => observe(node, key, event));
  const group = items.map((_, index) => index);
  const find = (index: number): number => (group[index] === index ? index : find(group[index] ?? index));
  items.forEach((a, i) => {
    items.forEach((b, j) => {
      if (i < j && relate(a, b)) group[find(j)] = find(i);
    });
  });
  const byRoot = new Map<number, Observation[]>();
  items.forEach((seen, index) => {
    byRoot.set(find(index), [...(byRoot.get(find(index)) ?? []), seen]);
  });
  const groups = [...byRoot.values()].flatMap((members) => partition(members));
  return groups
    .map(({ id, members }) =>
      said(
        id,
        members.map(({ eventKey }) => eventKey),
      ),
    )
    .sort();
};

/** An ingester dies at its n-th call: the call was `done`, or was not, and none is answered any more. */
interface Death {
  at: number;
  done: boolean;
}

/** A runtime on which the next `deaths.length` ingesters die, each at its call; `died` resolves when one does. */
const mortal = (runtime: Runtime, death: Death | undefined): { runtime: Runtime; died: Promise<'died'> } => {
  let calls = 0;
  let dead = () => {};
  const died = new Promise<'died'>((resolve) => (dead = () => resolve('died')));
  const aws: Runtime['aws'] = async (service, operation, input) => {
    calls += 1;
    if (death === undefined || calls < death.at) return (await runtime.aws?.(service, operation, input)) ?? {};
    if (calls === death.at && death.done) await runtime.aws?.(service, operation, input);
    dead();
    return new Promise(() => {});
  };
  return { runtime: { ...runtime, aws }, died };
};

/** Hands a batch to an ingester until none dies of it; a message that failed, or whose ingester died, is delivered again. */
const handle = async (ground: Rooms, batch: BusEvent[], deaths: Death[]): Promise<void> => {
  for (let open = batch; open.length > 0; ) {
    const { runtime, died } = mortal(ground.runtime, deaths.shift());
    const ended = await Promise.race([create(runtime)(delivery(...open)), died]);
    if (ended === 'died') continue;
    const failed = new Set(ended.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    open = open.filter((event, index) => failed.has(`m-${index}-${event.id}`));
  }
};

const cut = <T>(list: readonly T[], sizes: readonly number[]): T[][] => {
  const batches: T[][] = [];
  for (let from = 0, nth = 0; from < list.length; nth += 1) {
    const size = sizes[nth % sizes.length] ?? 1;
    batches.push(list.slice(from, from + size));
    from += size;
  }
  return batches;
};

/** Incidents that were told of as opened are told of when they are merged away, and are known in what took them; who stands elsewhere than was told was moved by a split. */
const expectTold = async ({ told, stores }: Rooms, stored: StoredEvent[]): Promise<void> => {
  const opened = new Set(
    told
      .map(({ detail }) => detail['incident'] as { id: string; change: string } | undefined)
      .filter((incident) => incident?.change === 'opened')
      .map((incident) => String(incident?.id)),
  );
  const merged = new Set(told.filter(({ type }) => type === 'incident.merged').map(({ detail }) => detail['from']));
  const moved = new Set(
    told
      .filter(({ type }) => type === 'incident.split')
      .flatMap(({ detail }) => (detail['members'] as string[]).map((key) => `${detail['into']} ${key}`)),
  );
  for (const { node, key, event } of stored) {
    const standing = await stores.incidents.standing(node);
    const known = [standing?.incident.id, ...(standing?.absorbed ?? [])];
    if (!known.includes(event.incidentId)) expect(known.filter((id) => moved.has(`${id} ${key}`))).not.toEqual([]);
  }
  for (const id of opened) {
    const { incident } = await stores.incidents.root(id);
    if (incident.id === id) continue;
    expect(await stores.incidents.absorbed(incident.id)).toContain(id);
    expect(merged).toContain(id);
  }
};

/** What an event attests is found by whoever asks about the incident that it ended in. */
const expectFacts = async ({ stores }: Rooms, stored: StoredEvent[]): Promise<void> => {
  for (const { node, key, event } of stored) {
    if (factsOf({ ...event, incidentId: node }).length === 0) continue;
    const standing = await stores.incidents.standing(node);
    const subjects = [standing?.incident.id ?? '', ...(standing?.absorbed ?? [])].map((id) => `incident/${id}`);
    expect((await stores.facts.about(subjects)).map(({ eventKey }) => eventKey)).toContain(key);
  }
};

/** Each event is fused once, and each delivery accepted once. */
const expectLedger = async (ground: Rooms, deliveries: BusEvent[], stored: StoredEvent[]): Promise<void> => {
  const said = (await ground.entries()).flatMap(apart);
  const of = (kind: string, field: string): string[] =>
    said
      .filter((entry) => entry.kind === kind)
      .map(({ data }) => String(data[field]))
      .sort();
  expect(of('event.accepted', 'busId')).toEqual(deliveries.map(({ id }) => id).sort());
  expect(of('event.fused', 'eventKey')).toEqual(stored.map(({ key }) => key).sort());
  expect(of('event.dropped', 'busId')).toHaveLength(deliveries.length - stored.length);
};

/** Shots along a street, each near the one before: together they outgrow what one incident may be. */
const street = fc
  .array(fc.record({ later: fc.integer({ min: 60, max: 280 }), further: fc.integer({ min: 60, max: 170 }) }), {
    minLength: 7,
    maxLength: 12,
  })
  .map((steps) => {
    let [at, north] = [0, 0];
    return steps.map(({ later, further }): Seen => {
      at += later;
      north += further;
      return { type: 'gunshot.detected', at, north, plate: undefined };
    });
  });

const scene = fc.oneof({ weight: 2, arbitrary: fc.array(observation, { minLength: 2, maxLength: 12 }) }, street).chain((seen) =>
  fc.record({
    seen: fc.constant(seen),
    order: fc.shuffledSubarray(
      seen.map((_, index) => index),
      { minLength: seen.length },
    ),
    /** Events that come a second time, in other words: what is stored first counts. */
    again: fc.array(fc.record({ index: fc.nat(seen.length - 1), later: fc.nat(600), north: fc.nat(300) }), { maxLength: 6 }),
    /** Messages that the queue hands out twice at once. */
    twice: fc.array(fc.nat(seen.length - 1), { maxLength: 5 }),
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
    deaths: fc.array(fc.record({ at: fc.integer({ min: 1, max: 14 }), done: fc.boolean() }), { maxLength: 5 }),
    seed: fc.integer(),
  }),
);

test('member sets are the same for any order, batch, duplication, crash and concurrency, each event is fused once, and nobody is left untold', async () => {
  let splits = 0;
  await fc.assert(
    fc.asyncProperty(scene, async ({ seen, order, again, twice, sizes, deaths, seed }) => {
      const ground = rooms({ seed, shuffle: true });
      const repeated = again.map(({ index, later, north }) => {
        const one = seen[index] as Seen;
        return raw('dispatch', envelope({ ...one, at: one.at + later, north: one.north + north }, index));
      });
      const deliveries = [...order.map((index) => raw('dispatch', envelope(seen[index] as Seen, index))), ...repeated];
      const left = [...deaths];
      await ground.settle(
        Promise.all(
          cut([...deliveries, ...twice.flatMap((index) => deliveries[index] ?? [])], sizes).map((batch) => handle(ground, batch, left)),
        ),
      );
      const stored = (await Promise.all(order.map((index) => ground.stores.events.get(`dispatch#e${index}`)))).flatMap((one) => one ?? []);
      expect(stored).toHaveLength(seen.length);
      const ids = new Set(await Promise.all(stored.map(async ({ node }) => (await ground.stores.incidents.root(node)).incident.id)));
      const found = await Promise.all([...ids].map(async (id) => said(id, await ground.stores.incidents.members(id))));
      expect(found.sort()).toEqual(reference(stored));
      if (ground.told.some(({ type }) => type === 'incident.split')) splits += 1;
      await expectLedger(ground, deliveries, stored);
      await expectTold(ground, stored);
      await expectFacts(ground, stored);
    }),
    { numRuns: 120 },
  );
  expect(splits).toBeGreaterThan(5);
}, 240_000);
