import { expect, test } from 'vitest';
import { create } from '../../../functions/ingest/handler.ts';
import { delivery, gunshot, raw, rooms } from '../../support/rooms.ts';

const kindsOf = async (ground: ReturnType<typeof rooms>) => (await ground.entries()).map(({ kind }) => kind).sort();

test('a gunshot becomes a normalised event, an incident, an exigency and their journal', async () => {
  const ground = rooms();
  const answer = await create(ground.runtime)(delivery(raw('gunshot_detection', gunshot('shot-1'))));
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(ground.told.map(({ type }) => type)).toEqual(['event.normalized']);
  const detail = ground.told[0]?.detail ?? {};
  expect(detail).toMatchObject({
    id: 'shot-1',
    type: 'gunshot.detected',
    priority: 'CRITICAL',
    incident: { change: 'opened', events: 1, independentSources: 1, confidence: 0.93 },
  });
  expect(await kindsOf(ground)).toEqual(['event.accepted', 'event.fused', 'fact.recorded']);
  expect(await ground.stores.facts.about([`incident/${String(detail['incidentId'])}`])).toMatchObject([{ kind: 'exigency' }]);
});

test('two distinct gunshots 400 ms apart at one sensor both survive, in one incident', async () => {
  const ground = rooms();
  const second = gunshot('shot-2', {}, { time: '2026-11-22T16:59:50.400Z' });
  await create(ground.runtime)(delivery(raw('gunshot_detection', gunshot('shot-1')), raw('gunshot_detection', second)));
  const [one, two] = [
    await ground.stores.events.get('gunshot_detection#shot-1'),
    await ground.stores.events.get('gunshot_detection#shot-2'),
  ];
  expect(one?.event.incidentId).toBeDefined();
  const { incident } = await ground.stores.incidents.root(String(two?.node));
  expect(incident.events).toBe(2);
  expect((await ground.stores.incidents.members(incident.id)).sort()).toEqual(['gunshot_detection#shot-1', 'gunshot_detection#shot-2']);
});

test('a Florida gunshot and a Seattle one at the same moment never fuse', async () => {
  const ground = rooms();
  const seattle = gunshot('shot-2', { location: { lat: 47.6062, lon: -122.3321, radiusM: 25 } });
  await create(ground.runtime)(delivery(raw('gunshot_detection', gunshot('shot-1')), raw('gunshot_detection', seattle)));
  const roots = await Promise.all(
    ['shot-1', 'shot-2'].map(
      async (id) =>
        (await ground.stores.incidents.root(String((await ground.stores.events.get(`gunshot_detection#${id}`))?.node))).incident.id,
    ),
  );
  expect(new Set(roots).size).toBe(2);
});

test('the same event by two deliveries is one, and the second is dropped as a duplicate', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  await room(delivery(raw('gunshot_detection', gunshot('shot-1'))));
  await room(delivery(raw('gunshot_detection', gunshot('shot-1'))));
  const entries = await ground.entries();
  expect(entries.filter(({ kind }) => kind === 'event.accepted')).toHaveLength(2);
  expect(entries.filter(({ kind }) => kind === 'event.fused')).toHaveLength(1);
  expect(entries.find(({ kind }) => kind === 'event.dropped')?.data).toMatchObject({ reason: 'duplicate' });
});

test('one delivery received twice is counted once and announced again', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  const event = raw('gunshot_detection', gunshot('shot-1'));
  await room(delivery(event));
  await room(delivery(event));
  expect(await kindsOf(ground)).toEqual(['event.accepted', 'event.fused', 'fact.recorded']);
  expect(ground.told.filter(({ type }) => type === 'event.normalized')).toHaveLength(2);
});

test('an event cut short after it was accepted is fused by its next delivery', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  const event = raw('gunshot_detection', gunshot('shot-1'));
  ground.faults.push({ service: 'dynamodb', operation: 'Query', error: 'ResourceNotFoundException' });
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'AccessDeniedException' });
  expect((await room(delivery(event))).batchItemFailures).toHaveLength(1);
  expect((await room(delivery(event))).batchItemFailures).toHaveLength(1);
  expect((await room(delivery(event))).batchItemFailures).toHaveLength(0);
  expect(await kindsOf(ground)).toEqual(['event.accepted', 'event.fused', 'fact.recorded']);
});

test.each([
  ['an unknown source', 'who_knows', gunshot('x'), 'source'],
  ['a missing id', 'gunshot_detection', { ...gunshot('x'), id: undefined }, 'id'],
  ['an envelope that is no object', 'gunshot_detection', 'hello', 'detail'],
  ['coordinates outside the earth', 'gunshot_detection', gunshot('x', { location: { lat: 126, lon: 0 } }), 'data.location.lat'],
  ['a time in year 9999', 'gunshot_detection', gunshot('x', {}, { time: '9999-01-01T00:00:00Z' }), 'time'],
  ['a body over 128 KB', 'gunshot_detection', gunshot('x', { blob: 'x'.repeat(140_000) }), 'detail'],
  ['a fact from who may not state it', 'ai_sentinel', { ...gunshot('x'), type: 'fact.asserted' }, 'data.fact'],
])('%s is a dead letter that names the field', async (_, source, detail, field) => {
  const ground = rooms();
  const answer = await create(ground.runtime)(delivery(raw(source, detail)));
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(await kindsOf(ground)).toEqual(['event.accepted', 'event.dead-lettered']);
  const { items } = await ground.stores.deadLetters.ofDay('2026-11-22', { limit: 10 });
  expect(items).toHaveLength(1);
  expect(items[0]?.reason).toContain(field);
  expect(ground.told).toEqual([]);
});

test('a clock somewhat ahead is pulled back and flagged', async () => {
  const ground = rooms();
  await create(ground.runtime)(delivery(raw('gunshot_detection', gunshot('shot-1', {}, { time: '2026-11-22T18:00:00Z' }))));
  expect(ground.told[0]?.detail).toMatchObject({ occurredAt: '2026-11-22T17:00:00.000Z', flags: ['time-clamped'] });
});

test('data over 16 KB is stored beside its event and only named on the bus', async () => {
  const ground = rooms();
  await create(ground.runtime)(delivery(raw('gunshot_detection', gunshot('shot-1', { waveform: 'x'.repeat(20_000) }))));
  expect(ground.told[0]?.detail['data']).toEqual({ storedUnder: 'gunshot_detection#shot-1' });
  expect((await ground.stores.events.get('gunshot_detection#shot-1'))?.event.data['waveform']).toHaveLength(20_000);
});

test('the journal is a chain per stream, without gaps', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  for (let n = 0; n < 20; n += 1)
    await room(delivery(raw('gunshot_detection', gunshot(`shot-${n}`, {}, { time: `2026-11-22T16:59:${10 + n}.000Z` }))));
  const byStream = new Map<string, { seq: number; prev: string; hash: string }[]>();
  for (const entry of await ground.entries()) byStream.set(entry.stream, [...(byStream.get(entry.stream) ?? []), entry]);
  for (const chain of byStream.values()) {
    chain.forEach((entry, index) => {
      expect(entry.seq).toBe(index + 1);
      expect(entry.prev).toBe(index === 0 ? '0'.repeat(64) : chain[index - 1]?.hash);
    });
  }
});

test.each([
  ['another account under a source it is not bound to', 'gunshot_detection', '111122223333', 'speaks for drone_ops'],
  ['an account nobody knows', 'gunshot_detection', '999999999999', 'speaks for no source'],
  ['another account as SWOE', 'swoe', '111122223333', 'not for swoe'],
])('what comes from %s is buried with the reason', async (_, source, account, words) => {
  const ground = rooms();
  await create(ground.runtime)(delivery(raw(source, gunshot('shot-1'), { account })));
  expect(ground.told).toEqual([]);
  const refused = (await ground.entries()).find(({ kind }) => kind === 'event.dead-lettered');
  expect(refused?.data['reason']).toContain(words);
});

test.each([
  ['our own account', 'gunshot_detection', '000000000000'],
  ['another account under its own source', 'drone_ops', '111122223333'],
])('what comes from %s is taken in', async (_, source, account) => {
  const ground = rooms();
  const type = source === 'drone_ops' ? 'drone.sighted' : 'gunshot.detected';
  await create(ground.runtime)(delivery(raw(source, gunshot('shot-1', {}, { type }), { account })));
  expect((await ground.entries()).map(({ kind }) => kind)).not.toContain('event.dead-lettered');
});
