import { expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { delivery, gunshot, raw, rooms } from '../../support/rooms.ts';

type Ground = ReturnType<typeof rooms>;

const KEY = 'gunshot_detection#shot-1';
const NORTH = { lat: 26.7843, lon: -80.0581, radiusM: 25 };

const say = (ground: Ground, source: string, detail: object, { busId = '', received = '1' } = {}) => {
  const event = delivery(raw(source, detail, busId ? { id: busId } : {}));
  for (const record of event.Records) record.attributes.ApproximateReceiveCount = received;
  return create(ground.runtime)(event);
};
const correction = (id: string, data: object, more: object = {}) => ({
  ...gunshot(id),
  type: 'event.corrected',
  time: '2026-11-22T17:00:00.000Z',
  data: { corrects: { source: 'gunshot_detection', id: 'shot-1' }, ...data },
  ...more,
});
const falseAlarm = (id: string) =>
  correction(id, {}, { type: 'event.retracted', data: { retracts: { source: 'gunshot_detection', id: 'shot-1' } } });
const told = (ground: Ground, type: string) => ground.told.filter((one) => one.type === type).map(({ detail }) => detail);
const kinds = async (ground: Ground, kind: string) => (await ground.entries()).filter((entry) => entry.kind === kind);
const items = async (ground: Ground, kind: string) =>
  (await kinds(ground, kind)).flatMap(({ data }) => (data['items'] as Record<string, unknown>[] | undefined) ?? [data]);

test('a corrected event keeps its key and says from then on what it should have said', async () => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, 'dispatch', correction('c-1', { location: NORTH, confidence: 0.6 }));
  const stored = await ground.stores.events.get(KEY);
  expect(stored?.event).toMatchObject({ type: 'gunshot.detected', location: NORTH, confidence: 0.6, flags: ['corrected'] });
  expect(stored?.corrected?.first).toMatchObject({ confidence: 0.93, location: { lat: 26.7753 } });
  const { incident } = await ground.stores.incidents.root(String(stored?.node));
  expect(incident).toMatchObject({ location: NORTH, confidence: 0.6, events: 1 });
  expect(told(ground, 'event.corrected')).toMatchObject([
    {
      eventKey: KEY,
      by: 'dispatch#c-1',
      retracted: false,
      changed: [
        { field: 'confidence', from: 0.93, to: 0.6 },
        { field: 'location', movedM: 1001 },
      ],
      event: { location: NORTH, incidentId: stored?.node },
      incidents: [stored?.node],
      borneOutBy: 1,
    },
  ]);
});

test('a correction is an event itself: accepted, fused into the one it corrects, never announced as something that happened', async () => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, 'gunshot_detection', correction('c-1', { location: NORTH }));
  expect(await items(ground, 'event.fused')).toMatchObject([
    {},
    { eventKey: 'gunshot_detection#c-1', into: 'correction', of: KEY, changed: ['location'] },
  ]);
  expect((await items(ground, 'event.accepted')).length).toBe(2);
  expect(told(ground, 'event.normalized')).toHaveLength(1);
  expect(await ground.stores.events.get('gunshot_detection#c-1')).toMatchObject({ event: { type: 'event.corrected' } });
  expect(JSON.stringify(await ground.entries())).not.toContain('26.7843');
});

test('delivered again it is told again and stands once; by another delivery it is a duplicate', async () => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  for (let n = 0; n < 2; n += 1) await say(ground, 'dispatch', correction('c-1', { location: NORTH }), { busId: 'one' });
  await say(ground, 'dispatch', correction('c-1', { location: NORTH }), { busId: 'other' });
  expect((await ground.stores.events.get(KEY))?.corrected?.by).toHaveLength(1);
  expect((await kinds(ground, 'event.dropped')).map(({ data }) => data['eventKey'])).toEqual(['dispatch#c-1']);
  expect(told(ground, 'event.corrected').map(({ changed }) => changed)).toEqual([
    [{ field: 'location', movedM: 1001 }],
    [{ field: 'location', movedM: 1001 }],
  ]);
  const [accepted, ended] = [
    await items(ground, 'event.accepted'),
    [...(await items(ground, 'event.fused')), ...(await kinds(ground, 'event.dropped'))],
  ];
  expect(accepted.length).toBe(ended.length);
});

test('a correction that a crash cut short after it was stored is followed through by the next delivery', async () => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'AccessDeniedException' });
  const first = await say(ground, 'dispatch', correction('c-1', { location: NORTH }), { busId: 'one' });
  expect(first.batchItemFailures).toHaveLength(1);
  await say(ground, 'dispatch', correction('c-1', { location: NORTH }), { busId: 'one', received: '2' });
  expect(told(ground, 'event.corrected')).toHaveLength(1);
});

test('whoever comes near the right place joins the corrected event, and whoever comes near the wrong one no longer does', async () => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, 'dispatch', correction('c-1', { location: NORTH }));
  await say(ground, 'cad_system', { ...gunshot('right', { location: NORTH }), type: 'call.shots-fired' });
  await say(ground, 'cad_system', { ...gunshot('wrong'), type: 'call.shots-fired' });
  const rootOf = async (key: string) =>
    (await ground.stores.incidents.root(String((await ground.stores.events.get(key))?.node))).incident.id;
  const [shot, right, wrong] = await Promise.all([KEY, 'cad_system#right', 'cad_system#wrong'].map(rootOf));
  expect([right === shot, wrong === shot]).toEqual([true, false]);
});

test('a corrected event joins what it is related to now', async () => {
  const ground = rooms();
  await say(ground, 'cad_system', { ...gunshot('there', { location: NORTH }), type: 'call.shots-fired' });
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, 'dispatch', correction('c-1', { location: NORTH }));
  const [word] = told(ground, 'event.corrected');
  expect(word).toMatchObject({ event: { incident: { events: 2, independentSources: 2 } }, borneOutBy: 2 });
  expect(told(ground, 'incident.merged')).toHaveLength(1);
});

test('a false alarm stays a member and bears nothing out: sources, confidence and what it attested are gone', async () => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, 'cad_system', { ...gunshot('call-1', { confidence: 0.5 }), type: 'call.shots-fired' });
  const id = String((await ground.stores.events.get(KEY))?.node);
  const before = (await ground.stores.incidents.root(id)).incident;
  expect(before).toMatchObject({ sources: ['cad_system', 'gunshot_detection'] });
  await say(ground, 'gunshot_detection', falseAlarm('r-1'));
  const { incident } = await ground.stores.incidents.root(id);
  expect(incident).toMatchObject({ events: 2, sources: ['cad_system'], confidence: 0.5 });
  expect(await ground.stores.incidents.members(incident.id)).toContain(KEY);
  const now = new Date(ground.scheduler.now()).toISOString();
  const live = (await ground.stores.facts.about([`incident/${id}`])).filter(
    ({ expiresAt, eventKey }) => eventKey === KEY && expiresAt > now,
  );
  expect(live).toEqual([]);
  expect(told(ground, 'event.corrected')).toMatchObject([{ retracted: true, borneOutBy: 1, changed: [{ field: 'retracted', to: 'yes' }] }]);
});

test('where nothing else bears the incident out, the word says so', async () => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, 'dispatch', falseAlarm('r-1'));
  expect(told(ground, 'event.corrected')).toMatchObject([{ retracted: true, borneOutBy: 0 }]);
});

test.each<[string, string, object, string]>([
  [
    'a source that may not',
    'partner_agency',
    correction('c', { location: NORTH }),
    'partner_agency may not correct an event of gunshot_detection',
  ],
  ['both at once', 'dispatch', correction('c', { retracts: { id: 'x' } }), 'not both'],
  ['a reference without an id', 'dispatch', correction('c', {}, { data: { corrects: {} } }), 'data.corrects.id'],
])('a correction by %s is buried with the reason', async (_, source, detail, reason) => {
  const ground = rooms();
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, source, detail);
  const [buried] = await kinds(ground, 'event.dead-lettered');
  expect(buried?.data['reason']).toContain(reason);
  expect((await ground.stores.events.get(KEY))?.corrected).toBeUndefined();
});

test('a correction that comes before its event waits for it, and is buried when that does not come', async () => {
  const ground = rooms();
  const early = await say(ground, 'dispatch', correction('c-1', { location: NORTH }), { busId: 'early' });
  expect(early.batchItemFailures).toHaveLength(1);
  await say(ground, 'gunshot_detection', gunshot('shot-1'));
  await say(ground, 'dispatch', correction('c-1', { location: NORTH }), { busId: 'early', received: '2' });
  expect((await ground.stores.events.get(KEY))?.event.location).toEqual(NORTH);
  const never = correction('c-2', { location: NORTH, corrects: { source: 'gunshot_detection', id: 'nowhere' } });
  const last = await say(ground, 'dispatch', never, { received: '4' });
  expect(last.batchItemFailures).toEqual([]);
  expect((await kinds(ground, 'event.dead-lettered'))[0]?.data['reason']).toContain('no event gunshot_detection#nowhere is known');
});

test('an event and its correction in one batch, in either order, end the same', async () => {
  const ends = await Promise.all(
    [false, true].map(async (turned) => {
      const ground = rooms();
      const both = [raw('gunshot_detection', gunshot('shot-1')), raw('dispatch', correction('c-1', { location: NORTH }))];
      await create(ground.runtime)(delivery(...(turned ? both.reverse() : both)));
      return (await ground.stores.events.get(KEY))?.event;
    }),
  );
  expect(ends[0]).toEqual(ends[1]);
  expect(ends[0]?.location).toEqual(NORTH);
});

test('corrections that race all stand, and a related event that races with one meets it', async () => {
  for (let seed = 0; seed < 12; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    const run = (source: string, detail: object, busId: string, runtime: Runtime = ground.runtime) =>
      create(runtime)(delivery(raw(source, detail, { id: busId })));
    await ground.settle(run('gunshot_detection', gunshot('shot-1'), 'shot'));
    const call = { ...gunshot('call', { location: NORTH }), type: 'call.shots-fired' };
    await ground.settle(
      Promise.all([
        run('dispatch', correction('c-1', { location: NORTH }), 'c-1'),
        run('gunshot_detection', correction('c-2', { confidence: 0.4 }), 'c-2'),
        run('cad_system', call, 'call'),
      ]),
    );
    const stored = await ground.stores.events.get(KEY);
    expect(stored?.event).toMatchObject({ location: NORTH, confidence: 0.4 });
    const root = await ground.stores.incidents.root(String(stored?.node));
    const other = await ground.stores.incidents.root(String((await ground.stores.events.get('cad_system#call'))?.node));
    expect([seed, root.incident.id]).toEqual([seed, other.incident.id]);
    expect(root.incident).toMatchObject({ events: 2, sources: ['cad_system', 'gunshot_detection'] });
  }
});
