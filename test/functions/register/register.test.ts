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
  expect(await ground.stores.resources.free('DRONE', ['0', 'z'])).toEqual([{ id: 'drone-1', lat: 26.77, lon: -80.05 }]);
});

test('a unit that moved is found at its new place only', async () => {
  const ground = rooms();
  await create(ground.runtime)(delivery(status(AT(1)), status(AT(2), {}, 26.8)));
  expect(await ground.stores.resources.free('DRONE', ['0', 'z'])).toEqual([{ id: 'drone-1', lat: 26.8, lon: -80.05 }]);
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
