import { expect, test } from 'vitest';
import { Subsystems } from '../../../shared/contracts/subsystem.ts';
import { Source } from '../../../shared/contracts/vocabulary.ts';
import { after, MOST_FAILURES, neverFailed } from '../../../shared/domain/kernel/breaker.ts';
import { heardFrom } from '../../../shared/domain/kernel/heartbeat.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import { api } from './ground.ts';

const listed = async ({ get }: ReturnType<typeof api>) => {
  const answer = await get('/kernel/subsystems', { roles: ['kernel_operator'] });
  expect(answer.status).toBe(200);
  return Subsystems.parse(answer.body).items;
};

test('every subsystem is listed, those that were never heard as such, and a breaker only where something is asked of it', async () => {
  const items = await listed(api());
  expect(items.map(({ subsystem }) => subsystem)).toEqual(Source.options);
  expect(new Set(items.map(({ health }) => health))).toEqual(new Set(['unheard']));
  const at = (name: Source) => items.find(({ subsystem }) => subsystem === name);
  expect(at('drone_ops')).toMatchObject({ performs: ['DRONE_DISPATCH'], breaker: { state: 'CLOSED', failures: 0 } });
  expect(at('weather_service')?.performs).toEqual([]);
  expect(at('weather_service')?.breaker).toBeUndefined();
});

test('one that fell silent and is asked no more says since when, why, and when it is tried', async () => {
  const ground = api();
  const { kernel, journal } = ground.stores;
  const now = ground.now();
  const seen = heardFrom('drone_ops', undefined, { everyS: 30, version: '4.2' }, iso(now - 95_000));
  let breaker = neverFailed('drone_ops');
  for (let n = 0; n < MOST_FAILURES; n += 1) breaker = after(breaker, { ok: false, actionId: `a${n}`, why: 'LINK_DOWN' }, now);
  await journal.commit('drone_ops', [], [kernel.seen(undefined, seen), kernel.turnBreaker(neverFailed('drone_ops'), breaker)]);
  expect((await listed(ground)).find(({ subsystem }) => subsystem === 'drone_ops')).toMatchObject({
    health: 'degraded',
    missed: 3,
    everyS: 30,
    version: '4.2',
    seenAt: iso(now - 95_000),
    breaker: { state: 'OPEN', failures: MOST_FAILURES, because: 'LINK_DOWN', downSince: iso(now), tryAt: iso(now + 60_000) },
  });
});
