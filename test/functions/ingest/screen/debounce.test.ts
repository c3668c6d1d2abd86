import { describe, expect, test } from 'vitest';
import { debounce } from '../../../../functions/ingest/screen/debounce.ts';
import { sightingOf } from '../../../../functions/ingest/screen/sighting.ts';
import { gate, normal } from './ground.ts';

const PLATE = { kind: 'plate', id: 'FLABC123' };
const PLACE = { lat: 26.7153, lon: -80.0534, radiusM: 10 };
const look = (id: string, more: object = {}, received: object = {}) =>
  normal(
    {
      id,
      source: 'lpr_network',
      type: 'plate.read',
      entities: [PLATE],
      location: PLACE,
      data: { camera: 'reader-7', lane: 2, confidence: 0.91, capturedAt: '2026-11-22T17:00:00Z' },
      ...more,
    },
    received,
  );
const readers = () => gate({ debounceMs: 5000 }, 'lpr_network');
const keys = (normals: { key: string }[]) => normals.map(({ key }) => key);

describe('a plate that a reader sees again within the time that its source declares', () => {
  test('is a repeat of the first look, whatever the second look was like', async () => {
    const ground = readers();
    const { pass } = await ground.screen([look('one')]);
    ground.pass(4999);
    const second = look('two', {
      occurredAt: '2026-11-22T17:00:04.000Z',
      confidence: 0.5,
      data: { camera: 'reader-7', lane: 2, confidence: 0.5, capturedAt: '2026-11-22T17:00:04Z', image: 'b.jpg' },
    });
    const { repeats } = await ground.screen([second]);
    expect(keys(pass)).toEqual(['lpr_network#one']);
    expect(repeats).toMatchObject([{ normal: second, of: 'lpr_network#one' }]);
  });

  test('is a new sight of it when that time is over, on the clock and not by the table’s time to live', async () => {
    const ground = readers();
    await ground.screen([look('one')]);
    ground.pass(5000);
    expect(keys((await ground.screen([look('two')])).pass)).toEqual(['lpr_network#two']);
    expect((await ground.screen([look('three')])).repeats).toMatchObject([{ of: 'lpr_network#two' }]);
  });

  test('is one among many in a batch: the first passes and the others repeat it', async () => {
    const ground = readers();
    const { pass, repeats } = await ground.screen([look('one'), look('two'), look('three')]);
    expect(keys(pass)).toEqual(['lpr_network#one']);
    expect(repeats.map(({ normal: { key }, of }) => [key, of])).toEqual([
      ['lpr_network#two', 'lpr_network#one'],
      ['lpr_network#three', 'lpr_network#one'],
    ]);
  });

  test('takes no turn: what it repeats was charged', async () => {
    const ground = gate({ debounceMs: 5000, rate: { perSecond: 1, burst: 2 } }, 'lpr_network');
    await ground.screen([look('one')]);
    await ground.screen([look('two'), look('three'), look('four')]);
    expect(keys((await ground.screen([look('other', { entities: [{ kind: 'plate', id: 'XYZ' }] })])).pass)).toHaveLength(1);
  });

  test('counts for the source by its priority', async () => {
    const ground = readers();
    await ground.screen([look('one'), look('two')]);
    const state = (await ground.stores.sources.health()).find(({ source }) => source === 'lpr_network');
    expect(state).toMatchObject({ received: 2, fates: { repeats: { LOW: 1 } } });
  });
});

test('the first look delivered once more is not a repeat of itself', async () => {
  const ground = readers();
  await ground.screen([look('one')]);
  expect(keys((await ground.screen([look('one', {}, { count: 2 })])).pass)).toEqual(['lpr_network#one']);
  expect(keys((await ground.another()([look('one')])).pass)).toEqual(['lpr_network#one']);
});

test.each([
  ['another plate', { entities: [{ kind: 'plate', id: 'OTHER' }] }],
  ['another place', { location: { ...PLACE, lat: 26.7154 } }],
  ['another lane of the same camera', { data: { camera: 'reader-7', lane: 3 } }],
  ['a word that the first had not', { data: { camera: 'reader-7', lane: 2, stolen: true } }],
  ['another type', { type: 'plate.hit' }],
  ['a second plate beside the first', { entities: [PLATE, { kind: 'plate', id: 'TRAILER' }] }],
])('%s is another observation', async (_, more) => {
  const ground = readers();
  await ground.screen([look('one')]);
  expect(keys((await ground.screen([look('two', more)])).pass)).toEqual(['lpr_network#two']);
});

test('a vendor’s own message beside what was read from it makes no other observation, a word of that name does', async () => {
  const ground = readers();
  const seen = { camera: 'reader-7', lane: 2 };
  const of = (id: string, record: unknown, speedKph: number) => look(id, { data: { ...seen, record, speedKph } });
  await ground.screen([of('one', { epoch: 1, box: [1, 2] }, 50)]);
  const { repeats, pass } = await ground.screen([of('two', { epoch: 2, box: [3, 4] }, 52), of('three', 'stolen', 52)]);
  expect([keys(repeats.map(({ normal }) => normal)), keys(pass)]).toEqual([['lpr_network#two'], ['lpr_network#three']]);
});

test.each([
  ['camera.observed', { camera: 'C-6', what: 'crowd' }],
  ['traffic.slowed', { segment: 'BLUE-HERON-4', speedKph: 11 }],
])('what lasts is seen again and again: %s of the same place and the same thing is one', async (type, data) => {
  const ground = gate({ debounceMs: 2000 }, 'traffic_system');
  const said = (id: string, more: object) => normal({ id, source: 'traffic_system', type, data: { ...data, ...more } });
  await ground.screen([said('one', { imageRef: 'a' })]);
  const { repeats, pass } = await ground.screen([
    said('two', { imageRef: 'b' }),
    said('three', { what: 'fire' }),
    said('four', { camera: 4, segment: 4 }),
  ]);
  expect([keys(repeats.map(({ normal: one }) => one)), keys(pass)]).toEqual([
    ['traffic_system#two'],
    ['traffic_system#three', 'traffic_system#four'],
  ]);
});

test('one reader’s word is no repeat of another source’s', async () => {
  const ground = gate({ debounceMs: 5000 }, 'lpr_network');
  const specs = { ...ground.deps.specs, cctv_network: { ...ground.deps.specs.cctv_network, debounceMs: 5000 } };
  const both = debounce({ ...ground.deps, specs });
  const { repeats } = await both([look('one'), look('one', { source: 'cctv_network' })]);
  expect(repeats).toEqual([]);
});

describe('never a repeat', () => {
  const shot = (id: string, more: object = {}) => ({
    ...look(id).event,
    type: 'gunshot.detected',
    entities: [{ kind: 'sensor', id: 'S-12' }],
    data: { rounds: 1 },
    ...more,
  });

  test('is a shot: a second one in the same second at the same sensor is a second shot', async () => {
    const ground = gate({ debounceMs: 60_000 }, 'gunshot_detection');
    const two = ['a', 'b'].map((id) => normal({ ...shot(id), source: 'gunshot_detection', priority: 'HIGH' }));
    expect((await ground.screen(two)).pass).toHaveLength(2);
  });

  test('is anything CRITICAL, a statement, or what names nothing that could be seen again', () => {
    expect(sightingOf(look('a').event)).toMatch(/^[0-9a-f]{64}$/);
    expect(sightingOf({ ...look('a').event, priority: 'CRITICAL' })).toBeUndefined();
    expect(sightingOf({ ...look('a').event, type: 'unit.status' })).toBeUndefined();
    expect(sightingOf({ ...look('a').event, entities: [] })).toBeUndefined();
    expect(sightingOf({ ...look('a').event, entities: [{ kind: 'camera', id: 'c-1' }] })).toBeUndefined();
  });

  test('is what a source without a declared time says', async () => {
    const ground = gate({ debounceMs: undefined }, 'lpr_network');
    expect((await ground.screen([look('one'), look('two')])).pass).toHaveLength(2);
  });
});
