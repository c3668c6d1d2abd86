import { expect, test } from 'vitest';
import type { Waiting } from '../../../shared/contracts/kernel.ts';
import { commanded, NEVER_TOUCHED } from '../../../shared/domain/kernel/state.ts';
import { streams } from '../../../shared/stores/journal.ts';
import { rooms } from '../../support/rooms.ts';

const NOW = Date.UTC(2026, 10, 22, 17);
const word = (by: string) => ({ by, role: 'kernel_operator', reason: 'a drill' }) as const;
const start = (executionId: string, more: Partial<Waiting> = {}) =>
  ({
    kind: 'start',
    executionId,
    incidentId: 'I1',
    workflow: 'gunfire-response',
    priority: 'HIGH',
    since: '2026-11-22T17:00:00.000Z',
    ...more,
  }) as const;

test('an engine that nobody touched runs', async () => {
  const { stores } = rooms();
  expect(await stores.kernel.get()).toEqual(NEVER_TOUCHED);
});

test('of two operators who command at once one is refused', async () => {
  const { stores } = rooms();
  for (const command of ['pause', 'resume', 'stop'] as const) {
    const was = await stores.kernel.get();
    const [ada, bob] = ['ada', 'bob'].map((by) => commanded(was, command, word(by), NOW));
    const told = await Promise.all([ada, bob].map((now) => stores.journal.commit('kernel', [], now ? stores.kernel.enter(was, now) : [])));
    expect(told.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await stores.kernel.get()).toEqual(told[0]?.ok ? ada : bob);
  }
});

test('a transaction on any chain holds only on the engine as it was seen', async () => {
  const { stores } = rooms();
  const entry = { kind: 'sweep.found', actor: 'system/test', data: {} } as const;
  const holds = (seen: typeof NEVER_TOUCHED) =>
    Promise.all(
      [...Array(3 * streams.length).keys()].map(async (n) => {
        const done = await stores.journal.commit(`I${n}`, [entry], [stores.kernel.stands(seen, `I${n}`)]);
        return done.ok;
      }),
    );
  expect(new Set(await holds(NEVER_TOUCHED))).toEqual(new Set([true]));
  const paused = commanded(NEVER_TOUCHED, 'pause', word('ada'), NOW);
  await stores.journal.commit('kernel', [], stores.kernel.enter(NEVER_TOUCHED, paused));
  expect(new Set(await holds(NEVER_TOUCHED))).toEqual(new Set([false]));
  expect(new Set(await holds(paused))).toEqual(new Set([true]));
});

test('what waits is listed in its order, a page at a time', async () => {
  const { stores } = rooms();
  const all = [
    start('low', { priority: 'LOW' }),
    start('second', { since: '2026-11-22T17:01:00.000Z' }),
    start('grave', { priority: 'CRITICAL', since: '2026-11-22T18:00:00.000Z' }),
    start('first'),
  ];
  for (const one of all) await stores.journal.commit('I1', [], await stores.kernel.wait(one));
  const [one, two] = [await stores.kernel.queue({ limit: 2 }), await stores.kernel.queue({ limit: 9 })];
  expect(two.items.map(({ executionId }) => executionId)).toEqual(['grave', 'first', 'second', 'low']);
  expect(two.next).toBeUndefined();
  const rest = await stores.kernel.queue({ limit: 2, after: one.next });
  expect([...one.items, ...rest.items]).toEqual(two.items);
});

test('a step that waits again keeps its place, with the newer token, and the older one takes nothing out', async () => {
  const { stores } = rooms();
  const step = (token: string, since: string) => start('run', { kind: 'step', step: 'sendDrone', token, since } as Partial<Waiting>);
  await stores.journal.commit('I1', [], await stores.kernel.wait(step('t1', '2026-11-22T17:00:00.000Z')));
  const [before] = (await stores.kernel.queue({ limit: 9 })).items;
  await stores.journal.commit('I1', [], await stores.kernel.wait(step('t2', '2026-11-22T17:30:00.000Z')));
  const { items } = await stores.kernel.queue({ limit: 9 });
  expect(items).toMatchObject([{ token: 't2', order: before?.order }]);
  if (before) expect((await stores.journal.commit('I1', [], stores.kernel.goes(before))).ok).toBe(false);
  for (const item of items) expect((await stores.journal.commit('I1', [], stores.kernel.goes(item))).ok).toBe(true);
  expect((await stores.kernel.queue({ limit: 9 })).items).toEqual([]);
});

test('of one run everything is forgotten, and nothing of another', async () => {
  const { stores } = rooms();
  for (const one of [start('run'), start('run', { kind: 'step', step: 'a', token: 't' }), start('other')])
    await stores.journal.commit('I1', [], await stores.kernel.wait(one as Waiting));
  await stores.journal.commit('I1', [], (await stores.kernel.forget('run')).writes);
  expect((await stores.kernel.queue({ limit: 9 })).items.map(({ executionId }) => executionId)).toEqual(['other']);
  expect(await stores.kernel.forget('run')).toEqual({ writes: [], freed: [] });
});
