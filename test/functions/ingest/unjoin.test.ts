import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import { explainPair, type Observation, observe, partition, relate } from '../../../shared/domain/fusion/index.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import { withdrawn } from '../../support/fact-words.ts';
import { delivery, gunshot, type Rooms, raw, rooms } from '../../support/rooms.ts';

const NORTH = { lat: 26.7943, lon: -80.0581, radiusM: 25 };

/** Each a second after the one before: whoever came first names the incident. */
const say = async (ground: Rooms, source: string, ...details: object[]): Promise<void> => {
  for (const detail of details) {
    await create(ground.runtime)(delivery(raw(source, detail)));
    await ground.scheduler.run(ground.scheduler.now() + 1000);
  }
};
const correction = (id: string, of: string, data: object) => ({
  ...gunshot(id),
  type: 'event.corrected',
  time: '2026-11-22T17:00:00.000Z',
  data: { corrects: { source: of.split('#')[0], id: of.split('#')[1] }, ...data },
});
const incidentOf = async (ground: Rooms, key: string) => {
  const stored = await ground.stores.events.get(key);
  return (await ground.stores.incidents.root(String(stored?.node))).incident;
};
const told = (ground: Rooms, type: string) => ground.told.filter((one) => one.type === type).map(({ detail }) => detail);

const SHOT = 'gunshot_detection#shot-1';
const CALL = 'cad_system#call-1';
const call = (id: string, data: object = {}) => ({ ...gunshot(id, data), type: 'call.shots-fired' });

describe('an event that is corrected away from its incident', () => {
  test('leaves it: each is what it would have been without the mistake', async () => {
    const ground = rooms();
    await say(ground, 'gunshot_detection', gunshot('shot-1'));
    await say(ground, 'cad_system', call('call-1'));
    expect((await incidentOf(ground, SHOT)).id).toBe((await incidentOf(ground, CALL)).id);
    await say(ground, 'dispatch', correction('c-1', CALL, { location: NORTH }));
    const [shot, other] = [await incidentOf(ground, SHOT), await incidentOf(ground, CALL)];
    expect(shot).toMatchObject({ events: 1, sources: ['gunshot_detection'] });
    expect(other).toMatchObject({ events: 1, sources: ['cad_system'], location: NORTH });
    expect(await ground.stores.incidents.members(shot.id)).toEqual([SHOT]);
    expect(told(ground, 'incident.split')).toMatchObject([{ from: shot.id, into: other.id, members: [CALL] }]);
    expect(told(ground, 'event.corrected')).toMatchObject([
      { event: { incidentId: other.id }, incidents: [shot.id, other.id], parted: [] },
    ]);
  });

  test('takes what it attested with it', async () => {
    const ground = rooms();
    await say(ground, 'cad_system', call('call-1'));
    await say(ground, 'gunshot_detection', gunshot('shot-1'));
    const before = await incidentOf(ground, SHOT);
    await say(ground, 'dispatch', correction('c-1', SHOT, { location: NORTH }));
    const after = await incidentOf(ground, SHOT);
    const now = new Date(ground.scheduler.now()).toISOString();
    const live = async (id: string) =>
      (await ground.stores.facts.about([`incident/${id}`])).filter(({ eventKey, expiresAt }) => eventKey === SHOT && expiresAt > now)
        .length;
    expect([before.id === after.id, await live(before.id), (await live(after.id)) > 0]).toEqual([false, 0, true]);
  });

  test('takes with it what two persons said of that', async () => {
    const ground = rooms();
    await say(ground, 'cad_system', call('call-1'));
    await say(ground, 'gunshot_detection', gunshot('shot-1'));
    const { facts, journal } = ground.stores;
    const before = await incidentOf(ground, SHOT);
    const shot = (await facts.about([`incident/${before.id}`])).find(({ eventKey }) => eventKey === SHOT) ?? expect.fail('no fact');
    await journal.commit(before.id, [], [facts.override(withdrawn(shot, { at: new Date(ground.scheduler.now()).toISOString() }))]);
    await say(ground, 'dispatch', correction('c-1', SHOT, { location: NORTH }));
    const after = await incidentOf(ground, SHOT);
    const now = new Date(ground.scheduler.now()).toISOString();
    const all = await facts.about([`incident/${after.id}`]);
    expect([before.id === after.id, all.length, all.filter(({ expiresAt }) => expiresAt > now)]).toEqual([false, 1, []]);
  });

  test('parts those whom it alone held together, and says whom it left behind', async () => {
    const ground = rooms();
    const at = (metres: number) => ({ location: { lat: 26.7753 + metres / 111_195, lon: -80.0581, radiusM: 0 } });
    await say(ground, 'gunshot_detection', gunshot('west', at(0)), gunshot('east', at(280)));
    await say(ground, 'cad_system', call('call-1', at(140)));
    expect(await ground.stores.incidents.members((await incidentOf(ground, CALL)).id)).toHaveLength(3);
    await say(ground, 'dispatch', correction('c-1', CALL, { location: NORTH }));
    const ids = await Promise.all(
      ['gunshot_detection#west', 'gunshot_detection#east', CALL].map(async (key) => (await incidentOf(ground, key)).id),
    );
    expect(new Set(ids).size).toBe(3);
    const [word] = told(ground, 'event.corrected') as { parted: { members: string[] }[] }[];
    expect(word?.parted.flatMap(({ members }) => members)).toHaveLength(1);
  });

  test('is joined anew by whoever comes to where it is, and the others stay parted', async () => {
    const ground = rooms();
    await say(ground, 'gunshot_detection', gunshot('shot-1'));
    await say(ground, 'cad_system', call('call-1'));
    await say(ground, 'dispatch', correction('c-1', CALL, { location: NORTH }));
    await say(ground, 'officer_safety', { ...gunshot('shots-2', { location: NORTH }), type: 'call.shots-fired' });
    const [shot, other] = [await incidentOf(ground, SHOT), await incidentOf(ground, CALL)];
    expect([shot.events, other.events, shot.id === other.id]).toEqual([1, 2, false]);
  });
});

describe('a person', () => {
  const person = (id: string, ...entities: [kind: string, id: string][]) => ({
    ...gunshot(id, { location: undefined, entities: entities.map(([kind, name]) => ({ kind: `person-${kind}`, id: name })) }),
    type: 'call.missing-person',
  });
  const REPORT = 'cad_system#report';
  const SIGHTING = 'dispatch#sighting';
  const both = async (...second: [string, string][]) => {
    const ground = rooms();
    await say(ground, 'cad_system', person('report', ['name', 'JANE ROE'], ['dob', '1990-03-01'], ['phone', '561-555-0101']));
    await say(ground, 'dispatch', person('sighting', ...second));
    return ground;
  };
  const together = async (ground: Rooms) => (await incidentOf(ground, REPORT)).id === (await incidentOf(ground, SIGHTING)).id;

  test('one identifier does not join', async () => {
    expect(await together(await both(['name', 'JANE ROE']))).toBe(false);
    expect(await together(await both(['dob', '1990-03-01']))).toBe(false);
  });

  test('two identifiers do', async () => {
    expect(await together(await both(['name', 'JANE ROE'], ['dob', '1990-03-01']))).toBe(true);
  });

  test('what contradicts it is shown', async () => {
    const ground = await both(['name', 'JANE ROE'], ['phone', '561-555-0101'], ['dob', '1971-12-12']);
    expect(await together(ground)).toBe(false);
    const seen = await Promise.all(
      [REPORT, SIGHTING].map(async (key) => {
        const stored = await ground.stores.events.get(key);
        if (!stored) throw new Error(`${key} is not stored`);
        return observe(stored.node, key, stored.event);
      }),
    );
    const { rules } = explainPair(seen[0] as Observation, seen[1] as Observation);
    expect(rules.find(({ rule }) => rule === 'same-entity')?.failed).toMatch(/date of birth|dob/i);
  });

  test('an identifier that is corrected un-joins', async () => {
    const ground = await both(['name', 'JANE ROE'], ['dob', '1990-03-01']);
    const entities = [
      { kind: 'person-name', id: 'JANE ROE' },
      { kind: 'person-dob', id: '1971-12-12' },
    ];
    await say(ground, 'dispatch', correction('c-1', SIGHTING, { entities }));
    expect(await together(ground)).toBe(false);
    expect(told(ground, 'event.corrected')).toMatchObject([{ changed: [{ field: 'entities', kinds: ['person-dob'] }] }]);
    expect(JSON.stringify(await ground.entries())).not.toMatch(/1990-03-01|1971-12-12|JANE/);
  });
});

const moments = fc.integer({ min: 0, max: 900 });
const places = fc.integer({ min: 0, max: 900 });
const events = fc.array(fc.record({ at: moments, north: places }), { minLength: 2, maxLength: 7 });
const corrections = fc.array(
  fc.record({ of: fc.nat(), at: fc.integer({ min: 0, max: 5 }), north: fc.option(places, { nil: undefined, freq: 4 }) }),
  { minLength: 1, maxLength: 4 },
);
const START = Date.UTC(2026, 10, 22, 16, 30);
const placeAt = (north: number) => ({ lat: 26.77 + north / 111_195, lon: -80.06, radiusM: 20 });

const groupsBy = (keys: readonly string[], groupOf: (key: string) => string): string[] =>
  [...new Set(keys.map(groupOf))]
    .map((id) =>
      keys
        .filter((key) => groupOf(key) === id)
        .sort()
        .join(' '),
    )
    .sort();

/** What hangs together among the events as they are now, cut where it outgrows its span, by all pairs. */
const reference = (seen: readonly Observation[]): string[] => {
  const group = new Map(seen.map(({ node }) => [node, node]));
  for (const a of seen)
    for (const b of seen)
      if (a.node !== b.node && relate(a, b)) {
        const [one, other] = [group.get(a.node), group.get(b.node)];
        for (const [node, id] of group) if (id === other) group.set(node, String(one));
      }
  return [...new Set(group.values())]
    .flatMap((id) => partition(seen.filter(({ node }) => group.get(node) === id)))
    .map(({ members }) =>
      members
        .map(({ eventKey }) => eventKey)
        .sort()
        .join(' '),
    )
    .sort();
};

test('events and their corrections end in the same incidents in any order, doubled, and with ingesters at once', async () => {
  await fc.assert(
    fc.asyncProperty(events, corrections, fc.integer({ min: 0, max: 1000 }), async (all, words, seed) => {
      const ground = rooms({ seed, shuffle: true });
      const said = all.map(({ at, north }, n) =>
        raw(
          'cad_system',
          { ...call(`e${n}`, { location: placeAt(north) }), time: new Date(START + at * 1000).toISOString() },
          { id: `e${n}` },
        ),
      );
      const corrected = words.map(({ of, at, north }, n) => {
        const what = { source: 'cad_system', id: `e${of % all.length}` };
        const data = north === undefined ? { retracts: what } : { corrects: what, location: placeAt(north) };
        return raw(
          'dispatch',
          { ...gunshot(`c${n}`), type: 'event.corrected', time: new Date(START + at * 1000).toISOString(), data },
          { id: `c${n}` },
        );
      });
      const once = [...said, ...corrected];
      const mixed = [...once, ...once.filter((_, n) => (n + seed) % 3 === 0)]
        .map((one, n) => ({ one, order: (n * 7919 + seed * 104_729) % 1009 }))
        .sort((a, b) => a.order - b.order)
        .map(({ one }) => one);
      const hands = Array.from({ length: 3 }, (_, hand) => mixed.filter((_one, n) => n % 3 === hand));
      const deliver = async (some: BusEvent[]): Promise<BusEvent[]> => {
        const answer = await create(ground.runtime)(delivery(...some));
        const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        return some.filter((event, index) => failed.has(`m-${index}-${event.id}`));
      };
      let open = (await ground.settle(Promise.all(hands.map(deliver)))).flat();
      for (let tries = 0; open.length > 0 && tries < 5; tries += 1) open = await ground.settle(deliver(open));
      const stored = await ground.stores.events.among(
        await Promise.all(all.map(async (_, n) => String((await ground.stores.events.get(`cad_system#e${n}`))?.node))),
      );
      const ids = new Map(
        await Promise.all(stored.map(async ({ key, node }) => [key, (await ground.stores.incidents.root(node)).incident.id] as const)),
      );
      const ends = groupsBy([...ids.keys()], (key) => String(ids.get(key)));
      expect([open.length, ends]).toEqual([0, reference(stored.map(({ node, key, event }) => observe(node, key, event)))]);
    }),
    { numRuns: 25 },
  );
}, 120_000);
