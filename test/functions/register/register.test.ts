import { expect, test } from 'vitest';
import { create } from '../../../functions/register/handler.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';

const status = (at: string, more: object = {}, lat = 26.77) =>
  raw('swoe', {
    id: `u-${at}-${JSON.stringify(more)}`,
    source: 'drone_ops',
    type: 'unit.status',
    category: 'DRONE',
    priority: 'INFO',
    occurredAt: at,
    receivedAt: at,
    location: { lat, lon: -80.05, radiusM: 5 },
    entities: [],
    threatLevel: 0,
    confidence: 1,
    summary: '',
    agency: 'riviera-beach-pd',
    flags: [],
    data: { unit: { id: 'drone-1', type: 'DRONE', status: 'AVAILABLE', ...more } },
  });
const AT = (second: number) => `2026-11-22T17:00:${String(second).padStart(2, '0')}.000Z`;

test('a unit that reports itself is registered, free where it stands', async () => {
  const ground = rooms();
  await create(ground.runtime)(delivery(status(AT(1))));
  expect(await ground.stores.resources.get('drone-1')).toMatchObject({ status: 'FREE', fence: 0 });
  expect(await ground.stores.resources.free('DRONE', ['0', 'z'])).toEqual([await ground.stores.resources.get('drone-1')]);
});

test('a unit that moved is found at its new place only', async () => {
  const ground = rooms();
  await create(ground.runtime)(delivery(status(AT(1)), status(AT(2), {}, 26.8)));
  expect(await ground.stores.resources.free('DRONE', ['0', 'z'])).toMatchObject([{ id: 'drone-1', location: { lat: 26.8 } }]);
});

test('an older report than what is known changes nothing', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  await room(delivery(status(AT(5), {}, 26.8)));
  await room(delivery(status(AT(2), {}, 26.7)));
  expect(await ground.stores.resources.get('drone-1')).toMatchObject({ location: { lat: 26.8 } });
});

test('a unit out of service is not free', async () => {
  const ground = rooms();
  await create(ground.runtime)(delivery(status(AT(1))));
  await create(ground.runtime)(delivery(status(AT(2), { status: 'OUT_OF_SERVICE' })));
  expect(await ground.stores.resources.free('DRONE', ['0', 'z'])).toEqual([]);
});

test('a unit of another type under a known id is refused', async () => {
  const ground = rooms();
  await create(ground.runtime)(delivery(status(AT(1))));
  await create(ground.runtime)(delivery(status(AT(2), { type: 'ROBOT' })));
  expect(await ground.stores.resources.get('drone-1')).toMatchObject({ type: 'DRONE', locatedAt: AT(1) });
});

const position = (at: string, source = 'drone_ops', id = 'drone-1') => {
  const { detail, ...rest } = status(at, {}, 26.9);
  return { ...rest, detail: { ...(detail as object), id: `p-${at}`, source, type: 'unit.position', data: { unit: { id } } } };
};

test('a position moves a known unit and leaves all else of it as it was', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  await room(delivery(status(AT(1), { status: 'OUT_OF_SERVICE', capabilities: ['thermal'] })));
  const before = await ground.stores.resources.get('drone-1');
  await room(delivery(position(AT(2))));
  expect(await ground.stores.resources.get('drone-1')).toEqual({
    ...before,
    location: { lat: 26.9, lon: -80.05, radiusM: 5 },
    locatedAt: AT(2),
    revision: 1,
  });
});

test('a position registers no unit, and a neighbour’s moves none', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  await room(delivery(status(AT(1))));
  await room(delivery(position(AT(2), 'drone_ops', 'drone-9'), position(AT(3), 'partner_agency')));
  expect(await ground.stores.resources.get('drone-9')).toBeUndefined();
  expect(await ground.stores.resources.get('drone-1')).toMatchObject({ locatedAt: AT(1), location: { lat: 26.77 } });
});

test('what a unit says of its crew, its condition and its watch is kept until it says otherwise', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  const shift = { from: AT(0), to: '2026-11-23T01:00:00.000Z' };
  await room(delivery(status(AT(1), { certifications: ['part-107'], health: { batteryPct: 80, faults: ['gimbal'] }, shift })));
  await room(delivery(status(AT(2), { health: { batteryPct: 70 } })));
  expect(await ground.stores.resources.get('drone-1')).toMatchObject({
    certifications: ['part-107'],
    health: { batteryPct: 70, faults: ['gimbal'], maintenance: [] },
    shift,
  });
  await room(delivery(status(AT(3), { certifications: [], health: { faults: [] }, shift: null })));
  const now = await ground.stores.resources.get('drone-1');
  expect(now).toMatchObject({ certifications: [], health: { batteryPct: 70, faults: [] } });
  expect(now?.shift).toBeUndefined();
});

test('a word on a unit’s maintenance takes the place of the one before, and leaves all else as it was', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  await room(delivery(status(AT(1), { capabilities: ['thermal'] })));
  const { detail, ...rest } = status(AT(2));
  const windows = [{ from: AT(10), to: AT(20), why: 'propellers' }];
  const data = { unit: { id: 'drone-1', maintenance: windows } };
  await room(delivery({ ...rest, detail: { ...(detail as object), id: 'm-1', type: 'unit.maintenance', data } }));
  expect(await ground.stores.resources.get('drone-1')).toMatchObject({
    locatedAt: AT(1),
    capabilities: ['thermal'],
    health: { maintenance: windows },
  });
});

test('a held unit says what it is at; one that speaks under an older claim does not', async () => {
  const ground = rooms();
  const room = create(ground.runtime);
  await room(delivery(status(AT(1))));
  const { resources, journal } = ground.stores;
  const free = await resources.get('drone-1');
  const lease = { resourceId: 'drone-1', executionId: 'x', step: 's', fence: 1, until: AT(59), priority: 'NORMAL' as const };
  await journal.commit('x', [], resources.claim(free as never, lease, AT(1)));
  const at = async (second: number, more: object) => {
    await room(delivery(status(AT(second), { status: 'BUSY', ...more })));
    const now = await resources.get('drone-1');
    return [now?.status, now?.activity];
  };
  expect(await at(2, { activity: 'EN_ROUTE', fence: 1 })).toEqual(['HELD', 'EN_ROUTE']);
  expect(await at(3, { activity: 'ON_SCENE', fence: 0 })).toEqual(['HELD', 'EN_ROUTE']);
  expect(await at(4, { activity: 'ON_SCENE', fence: 1 })).toEqual(['HELD', 'ON_SCENE']);
  expect(await at(5, {})).toEqual(['HELD', 'ON_SCENE']);
  expect(await at(6, { status: 'AVAILABLE' })).toEqual(['HELD', undefined]);
});

test('whoever waits for such a unit hears that it can be sent, and not where it is', async () => {
  const ground = rooms();
  const { journal, resources } = ground.stores;
  const request = { executionId: 'incident/i1', step: 'by-hand', needs: { DRONE: 1 }, location: { lat: 26.77, lon: -80.05, radiusM: 5 } };
  const waiter = { request: { ...request, priority: 'NORMAL', leaseS: 600 }, place: '1', incidentId: 'i1', actor: 'person/ada' } as const;
  await journal.commit('i1', [], [resources.stand({ ...waiter, since: AT(0), until: AT(59) })]);
  const room = create(ground.runtime);
  await room(delivery(status(AT(1), { status: 'OUT_OF_SERVICE' })));
  expect(ground.told).toEqual([]);
  await room(delivery(status(AT(2))));
  expect(ground.told).toMatchObject([{ type: 'resource.freed', detail: { types: ['DRONE'] } }]);
  await room(delivery(position(AT(3)), status(AT(4), { id: 'dog-1', type: 'ROBOT' })));
  expect(ground.told).toHaveLength(1);
});
