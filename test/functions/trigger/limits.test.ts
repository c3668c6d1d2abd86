import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import type { Limits } from '../../../shared/domain/kernel/limits.ts';
import { event as on } from '../../../workflows/language/event.ts';
import { operate } from '../../support/engine.ts';
import { event, incident, response, triggering } from './ground.ts';

const WORKFLOWS = [
  response('go', [on({ type: 'call.shots-fired' })]),
  response('low', [on({ type: 'call.noise' })], { priority: 'LOW' }),
  response('grave', [on({ type: 'call.bomb' })], { priority: 'CRITICAL' }),
];
const MORE = { go: {}, low: { type: 'call.noise', priority: 'LOW' }, grave: { type: 'call.bomb', priority: 'CRITICAL' } } as const;
type Name = keyof typeof MORE;
const TWO: Limits = { workflows: { go: 2, grave: 1 }, priorities: { LOW: 1 } };

const city = async (limits: Limits, how: Parameters<typeof triggering>[2] = {}, count = 12) => {
  const ground = await triggering(
    WORKFLOWS,
    [...Array(count).keys()].map((n) => incident(`I${n}`)),
    how,
    limits,
  );
  const sweep = createSweep(ground.runtime);
  let words = 0;
  /** Every word that the engine puts to itself, until none is left. */
  const drain = async (): Promise<void> => {
    for (; words < ground.told.length; words += 1) {
      const { type, detail } = ground.told[words] ?? {};
      if (type === 'kernel.drain') await ground.say(type, detail);
    }
  };
  const hear = (name: Name, n: number) => ground.hear(event(`e-${name}-${n}`, `I${n}`, MORE[name]));
  return {
    ...ground,
    drain,
    start: hear,
    /** The sweep's look, and what it puts on the queue. */
    swept: async () => {
      await sweep();
      const put = ground.asked.filter(({ operation }) => operation === 'SendMessage').length;
      if (put > 0) await ground.say('kernel.drain', {});
      await drain();
    },
    waiting: async () => (await ground.stores.kernel.queue({ limit: 99 })).items,
    underWay: async () => (await ground.stores.executions.underWay()).filter(({ status }) => status !== 'QUEUED').map(({ id }) => id),
  };
};

type City = Awaited<ReturnType<typeof city>>;
/** What each of these may have under way. */
const MOST: readonly [Name, number][] = [
  ['go', 2],
  ['low', 1],
];

test('a start over the limit of its workflow waits, and says for what', async () => {
  const { start, started, waiting, kinds, stores } = await city(TWO);
  for (let n = 0; n < 4; n += 1) await start('go', n);
  expect(started).toEqual(['go-I0', 'go-I1']);
  expect(await waiting()).toMatchObject([
    { executionId: 'go-I2', limit: { of: 'workflow', name: 'go', most: 2 } },
    { executionId: 'go-I3', limit: { of: 'workflow', name: 'go', most: 2 } },
  ]);
  expect((await stores.executions.get('go-I2'))?.status).toBe('QUEUED');
  expect((await kinds('match.queued'))[0]?.data).toMatchObject({ because: '2 runs of go are under way, as many as may be at once' });
});

test('what is CRITICAL starts whatever is under way', async () => {
  const { start, started } = await city(TWO);
  for (let n = 0; n < 4; n += 1) await start('grave', n);
  expect(started).toHaveLength(4);
});

test('a priority has a limit of its own over all its workflows', async () => {
  const { start, started, waiting } = await city(TWO);
  for (let n = 0; n < 3; n += 1) await start('low', n);
  await start('go', 5);
  expect(started).toEqual(['low-I0', 'go-I5']);
  expect((await waiting()).map(({ limit }) => limit?.name)).toEqual(['LOW', 'LOW']);
});

test('each end, whatever it is, lets the next one go in order, at once', async () => {
  const { start, started, complete, cancel, drain, scheduler, waiting } = await city(TWO);
  for (let n = 0; n < 6; n += 1) {
    await scheduler.run(scheduler.now() + 1000);
    await start('go', n);
  }
  await complete('go-I1');
  await complete('go-I1');
  await drain();
  expect(started).toEqual(['go-I0', 'go-I1', 'go-I2']);
  await cancel('go-I0');
  await drain();
  await cancel('go-I4');
  await complete('go-I2');
  await drain();
  expect(started.slice(3)).toEqual(['go-I3', 'go-I5']);
  expect(await waiting()).toEqual([]);
});

test('who comes later does not go before those that wait, and a word that was lost is found by the sweep', async () => {
  const { start, started, complete, swept } = await city(TWO);
  for (let n = 0; n < 3; n += 1) await start('go', n);
  await complete('go-I0');
  await start('go', 3);
  expect(started).toEqual(['go-I0', 'go-I1']);
  await swept();
  expect(started).toEqual(['go-I0', 'go-I1', 'go-I2']);
});

test('what waited for the engine waits for room when the engine goes on', async () => {
  const ground = await city(TWO);
  await operate(ground, 'pause');
  for (let n = 0; n < 4; n += 1) await ground.start('go', n);
  expect((await ground.waiting()).map(({ limit }) => limit)).toEqual([undefined, undefined, undefined, undefined]);
  await operate(ground, 'resume');
  for (let twice = 0; twice < 2; twice += 1) await ground.say('kernel.drain', {});
  expect(ground.started).toEqual(['go-I0', 'go-I1']);
  expect((await ground.waiting()).map(({ limit }) => limit?.name)).toEqual(['go', 'go']);
  await ground.complete('go-I0');
  await ground.drain();
  expect(ground.started).toEqual(['go-I0', 'go-I1', 'go-I2']);
});

type Plan = { act: string; which: number; many: number };
const acts: fc.Arbitrary<Plan[]> = fc.array(
  fc.record({
    act: fc.constantFrom('start', 'start', 'start', 'end', 'cancel', 'drain'),
    which: fc.nat(),
    many: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 4, maxLength: 10 },
);

/** What is under way, which is never more than may be. */
const bounded = async ({ underWay }: City): Promise<string[]> => {
  const runs = await underWay();
  for (const [name, most] of MOST) expect(runs.filter((id) => id.startsWith(name)).length).toBeLessThanOrEqual(most);
  return runs;
};

/** Plays one act, all that belongs to it at one moment. */
const play = async (city: City, asked: Set<string>, { act, which, many }: Plan): Promise<void> => {
  const runs = await bounded(city);
  const of = (list: readonly string[]): string[] => list.slice(which % Math.max(1, list.length)).slice(0, 1);
  const work: Promise<unknown>[] = act === 'start' ? [] : [city.say('kernel.drain', {})];
  for (let n = 0; act === 'start' && n < many && asked.size < 12; n += 1) {
    const name = (['go', 'go', 'low'] as const)[(which + n) % 3] ?? 'go';
    work.push(city.start(name, asked.size));
    asked.add(`${name}-I${asked.size}`);
  }
  if (act === 'end') work.push(...of(runs).map((id) => city.complete(id)));
  if (act === 'cancel') work.push(...of([...asked]).map((id) => city.cancel(id)));
  await city.settle(Promise.all(work));
};

property.prop([fc.integer({ min: 1, max: 1e6 }), acts], { numRuns: 12 })(
  'however starts and ends interleave there are never more than the limit, nothing waits while there is room, and nothing is lost',
  async (seed, plan) => {
    const ground = await city(TWO, { seed, shuffle: true });
    const asked = new Set<string>();
    for (const one of plan) await play(ground, asked, one);
    for (let rounds = 0; rounds < 14; rounds += 1) {
      await ground.settle(ground.swept());
      const runs = await bounded(ground);
      const waiting = new Set((await ground.waiting()).map(({ workflow }) => workflow));
      for (const [name, most] of MOST.filter(([workflow]) => waiting.has(workflow)))
        expect(runs.filter((id) => id.startsWith(name))).toHaveLength(most);
      await ground.settle(Promise.all(runs.map((id) => ground.complete(id))));
    }
    expect([await ground.underWay(), await ground.waiting()]).toEqual([[], []]);
    const statuses = await Promise.all([...asked].map(async (id) => (await ground.stores.executions.get(id))?.status));
    expect(statuses.filter((status) => status !== 'COMPLETED' && status !== 'CANCELLED')).toEqual([]);
  },
);
