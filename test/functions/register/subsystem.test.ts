import { expect, test } from 'vitest';
import { create } from '../../../functions/register/handler.ts';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';

const word = (type: string, at: number, data: object = {}, source = 'drone_ops') =>
  raw('swoe', {
    id: `w-${at}`,
    source,
    type,
    category: 'SYSTEM',
    priority: 'INFO',
    occurredAt: iso(at),
    receivedAt: iso(at),
    entities: [],
    threatLevel: 0,
    confidence: 1,
    summary: '',
    agency: 'riviera-beach-pd',
    flags: [],
    data,
  });

const city = () => {
  const ground = rooms();
  const [room, sweep] = [create(ground.runtime), createSweep(ground.runtime)];
  const now = () => ground.scheduler.now();
  return {
    ...ground,
    sweep,
    now,
    hear: (type: string, data?: object, at = now()) => room(delivery(word(type, at, data))),
    later: (ms: number) => ground.scheduler.run(now() + ms),
    told: async () => (await ground.entries()).filter(({ kind }) => kind !== 'subsystem.seen').map(({ kind, data }) => ({ kind, ...data })),
  };
};

test('a subsystem registers by its own word, and anew only when it says something else of itself', async () => {
  const { hear, told, stores, now } = city();
  await hear('subsystem.registered', { everyS: 30, version: '4.2' });
  await hear('subsystem.heartbeat');
  await hear('subsystem.heartbeat', { version: '4.3' });
  expect(await told()).toMatchObject([
    { kind: 'subsystem.registered', subsystem: 'drone_ops', everyS: 30, version: '4.2' },
    { kind: 'subsystem.registered', everyS: 30, version: '4.3' },
  ]);
  expect(await stores.kernel.subsystem('drone_ops')).toMatchObject({
    registeredAt: iso(now()),
    everyS: 30,
    version: '4.3',
    told: 'healthy',
  });
});

test('a first heartbeat registers it as well, as one that beats each minute', async () => {
  const { hear, told } = city();
  await hear('subsystem.heartbeat');
  expect(await told()).toMatchObject([{ kind: 'subsystem.registered', everyS: 60 }]);
});

test('heartbeats that do not come are told once as degraded and once as silent, and so is its return', async () => {
  const { hear, sweep, later, told, now } = city();
  const began = now();
  await hear('subsystem.registered');
  for (let minute = 0; minute < 8; minute += 1) {
    await sweep();
    await later(60_000);
  }
  await hear('subsystem.heartbeat');
  await sweep();
  expect((await told()).slice(1)).toMatchObject([
    { kind: 'subsystem.degraded', missed: 2, reason: 'drone_ops promised a heartbeat every 60 s, and 2 did not come' },
    { kind: 'subsystem.silent', missed: 5 },
    { kind: 'subsystem.recovered', was: 'silent', silentSince: iso(began) },
  ]);
});

test('a heartbeat that comes late on its way says that it was seen, and moves nothing back', async () => {
  const { hear, later, now, stores } = city();
  const began = now();
  await later(60_000);
  await hear('subsystem.heartbeat');
  await hear('subsystem.heartbeat', { everyS: 5 }, began);
  expect(await stores.kernel.subsystem('drone_ops')).toMatchObject({ seenAt: iso(now()), everyS: 60 });
});
