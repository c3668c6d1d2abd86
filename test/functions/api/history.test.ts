import { describe, expect, test } from 'vitest';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { type Api, api } from './ground.ts';

const HOUR = 3_600_000;
const AWAY = { location: { lat: 26.9, lon: -80.2, radiusM: 25 } };

const take = async (ground: Api, ...events: BusEvent[]): Promise<void> => {
  await createIngest(ground.runtime)(delivery(...events) as never);
};
const call = (id: string, data: object = {}) => gunshot(id, { ...AWAY, ...data }, { source: 'cad', type: 'call.medical' });
const unit = (id: string) => gunshot(id, { unit: { id: 'u', type: 'DRONE', status: 'AVAILABLE' } }, { type: 'unit.status' });

/** Two shots that are one incident and a statement on the 22nd, a call on the 23rd, a shot far away on the 24th. */
const lived = async () => {
  const ground = api();
  await take(ground, raw('gunshot_detection', gunshot('s1')), raw('gunshot_detection', gunshot('s2')), raw('dispatch', unit('u1')));
  await ground.scheduler.run(ground.now() + 24 * HOUR);
  await take(ground, raw('cad_system', call('c1')));
  await ground.scheduler.run(ground.now() + 24 * HOUR);
  await take(ground, raw('gunshot_detection', gunshot('s3', { ...AWAY, priority: 'LOW' }, { time: '2026-11-24T16:59:00Z' })));
  return ground;
};

type Query = Record<string, string>;
const idsOf = async (ground: Api, query: Query = {}, path = '/events/history') => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await ground.get(path, { query: { ...query, ...(cursor ? { cursor } : {}) } });
    ids.push(...body.items.map(({ id }) => String(id)));
    cursor = body.next;
  } while (cursor);
  return ids;
};

describe('the history of events', () => {
  test.each<[Query, string[]]>([
    [{}, ['s3', 'c1', 's1', 's2', 'u1']],
    [{ source: 'gunshot_detection' }, ['s3', 's1', 's2']],
    [{ type: 'unit.status' }, ['u1']],
    [{ type: 'call.medical' }, ['c1']],
    [{ priority: 'LOW' }, ['s3']],
    [{ source: 'gunshot_detection', to: '2026-11-24T00:00:00Z' }, ['s1', 's2']],
    [{ from: '2026-11-23T00:00:00Z' }, ['s3', 'c1']],
    [{ from: '2026-11-23T00:00:00Z', to: '2026-11-23T17:00:00.000Z' }, []],
    [{ from: '2026-11-23T00:00:00Z', to: '2026-11-23T17:00:00.001Z' }, ['c1']],
    [{ source: 'drone_ops' }, []],
  ])('%o shows %j', async (query, ids) => {
    const found = await idsOf(await lived(), query);
    expect([...found].sort()).toEqual([...ids].sort());
    expect(found[0]).toBe(ids[0] === 's1' ? found[0] : ids[0]);
  });

  test.each(['1', '2', '3'])('pages of %s give every event once, newest first, while others come in', async (limit) => {
    const ground = await lived();
    const first = await ground.get('/events/history', { query: { limit } });
    await take(ground, raw('gunshot_detection', gunshot('later')));
    const rest = first.body.next ? await idsOf(ground, { limit, cursor: first.body.next }) : [];
    const all = [...first.body.items.map(({ id }) => String(id)), ...rest];
    expect([...new Set(all)].sort()).toEqual(['c1', 's1', 's2', 's3', 'u1']);
    expect(all).toHaveLength(5);
    const whole = (await ground.get('/events/history', { query: { limit: '10' } })).body.items.map(({ fusedAt }) => String(fusedAt));
    expect(whole).toEqual([...whole].sort().reverse());
  });

  test('an incident’s events are those of its members now, over pages, under whichever of its names', async () => {
    const ground = await lived();
    const [s3] = (await ground.get('/events/history')).body.items;
    expect(await idsOf(ground, { incidentId: String(s3?.['incidentId']) })).toEqual(['s3']);
    const [s1] = (await ground.get('/events/history', { query: { type: 'gunshot.detected', to: '2026-11-23T00:00:00Z' } })).body.items;
    const incidentId = String(s1?.['incidentId']);
    expect((await idsOf(ground, { incidentId })).sort()).toEqual(['s1', 's2']);
    expect((await idsOf(ground, { incidentId, limit: '1' })).sort()).toEqual(['s1', 's2']);
    expect(await idsOf(ground, { incidentId, source: 'cad_system' })).toEqual([]);
    expect(await idsOf(ground, { incidentId: 'none' })).toEqual([]);
  });

  test.each<[Query, string]>([
    [{ category: 'WEATHER!' }, 'category'],
    [{ from: '2026-11-24T00:00:00Z', to: '2026-11-23T00:00:00Z' }, 'from'],
    [{ cursor: 'nonsense' }, 'cursor'],
    [{ incidentId: 'i', cursor: 'nonsense' }, 'cursor'],
  ])('%o is a 400 that names %s', async (query, field) => {
    const { status, body } = await api().get('/events/history', { query });
    expect([status, body.errors?.[0]?.path]).toEqual([400, field]);
  });
});

describe('the incidents', () => {
  const fusedBy = async (ground: Api, query: Query) => (await ground.get('/events/fused', { query })).body.items;

  test('each has its state, its members and its timeline, in the order in which things were observed', async () => {
    const ground = api();
    await take(ground, raw('gunshot_detection', gunshot('second', {}, { time: '2026-11-22T16:59:52Z' })));
    await take(ground, raw('gunshot_detection', gunshot('first', {}, { time: '2026-11-22T16:59:50Z' })));
    expect(await fusedBy(ground, {})).toMatchObject([
      {
        state: 'OPEN',
        events: 2,
        members: ['gunshot_detection#first', 'gunshot_detection#second'],
        timeline: [{ at: '2026-11-22T16:59:50.000Z', eventKey: 'gunshot_detection#first' }, { eventKey: 'gunshot_detection#second' }],
        confidence: 0.93,
        independentSources: 1,
        threatLevel: expect.any(Number),
        centroid: { lat: 26.7753, lon: -80.0581 },
      },
    ]);
  });

  test.each<[Query, number]>([
    [{}, 3],
    [{ minEvents: '2' }, 1],
    [{ source: 'cad_system' }, 1],
    [{ priority: 'LOW' }, 1],
    [{ state: 'CLOSED' }, 0],
    [{ state: 'OPEN' }, 3],
    [{ from: '2026-11-23T00:00:00Z' }, 2],
    [{ to: '2026-11-23T00:00:00Z', minEvents: '1' }, 1],
  ])('%o shows %i', async (query, count) => {
    expect(await fusedBy(await lived(), query)).toHaveLength(count);
  });

  test('pages of one give each once', async () => {
    expect(new Set(await idsOf(await lived(), { limit: '1' }, '/events/fused')).size).toBe(3);
  });

  test('a person’s mistake is named', async () => {
    const { status, body } = await api().get('/events/fused', { query: { minEvents: 'many' } });
    expect([status, body.errors?.[0]?.path]).toEqual([400, 'minEvents']);
  });
});
