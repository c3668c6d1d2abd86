import { expect, test } from 'vitest';
import { byHour } from '../../../functions/publish/hours.ts';
import { takeOut } from '../../../functions/trigger/gate.ts';
import { addFigures, balance, noFigures } from '../../../shared/domain/figures.ts';
import { LIMITS } from '../../../shared/domain/kernel/limits.ts';
import { event as on } from '../../../workflows/language/event.ts';
import { operate } from '../../support/engine.ts';
import { event, incident, response, triggering } from './ground.ts';

const shots = on({ type: 'call.shots-fired' });
const grave = on({ type: 'call.bomb' });
const WORKFLOWS = [response('go', [shots]), response('grave', [grave], { priority: 'CRITICAL' })];
const incidents = (count: number) => [...Array(count).keys()].map((n) => incident(`I${n}`));

type Ground = Awaited<ReturnType<typeof triggering>>;

/** The drain, and each word that it puts for the next batch. */
const drainAll = async (ground: Ground): Promise<number> => {
  const from = ground.told.length;
  await ground.say('kernel.drain', {});
  let words = 1;
  for (let at = from; at < ground.told.length; at += 1) {
    const { type, detail } = ground.told[at] ?? {};
    if (type === 'kernel.drain') {
      words += 1;
      await ground.say(type, detail);
    }
  }
  return words;
};

const ledger = async (ground: Ground) =>
  balance(byHour(await ground.entries()).reduce((sum, { figures }) => addFigures(sum, figures), noFigures()));

test('a paused engine starts nothing: the match is queued, and the ledger closes on it', async () => {
  const ground = await triggering(WORKFLOWS);
  await operate(ground, 'pause');
  await ground.hear(event('e1', 'I1'));
  await ground.hear(event('e1', 'I1'));
  expect(ground.started).toEqual([]);
  expect(await ground.stores.executions.get('go-I1')).toMatchObject({ status: 'QUEUED', queuedAt: '2026-11-22T17:00:00.000Z' });
  expect((await ground.kinds('match.')).map(({ kind }) => kind)).toEqual(['match.made', 'match.queued']);
  expect(await ledger(ground)).toMatchObject({ matched: 1, queued: 1, started: 0, closes: true });
});

test('a later event joins a run that waits', async () => {
  const ground = await triggering(WORKFLOWS);
  await operate(ground, 'pause');
  await ground.hear(event('e1', 'I1'));
  await ground.hear(event('e2', 'I1'));
  expect(await ledger(ground)).toMatchObject({ matched: 2, queued: 1, joined: 1, closes: true });
});

test('a resume starts what waits in order, CRITICAL first, in batches, each once however often it is told', async () => {
  const ground = await triggering(WORKFLOWS, incidents(25));
  await operate(ground, 'pause');
  for (let n = 0; n < 25; n += 1) {
    await ground.scheduler.run(ground.scheduler.now() + 1000);
    await ground.hear(event(`e${n}`, `I${n}`, n % 5 === 4 ? { type: 'call.bomb', priority: 'CRITICAL' } : {}));
  }
  expect(await drainAll(ground)).toBe(1);
  expect(ground.started).toEqual([]);
  await operate(ground, 'resume');
  expect(await drainAll(ground)).toBe(3);
  await drainAll(ground);
  const order = [4, 9, 14, 19, 24, ...[...Array(25).keys()].filter((n) => n % 5 !== 4)];
  expect(ground.started).toEqual(order.map((n) => `${n % 5 === 4 ? 'grave' : 'go'}-I${n}`));
  expect((await ground.stores.kernel.queue({ limit: 99 })).items).toEqual([]);
  expect(await ledger(ground)).toMatchObject({ matched: 25, queued: 0, started: 25, closes: true });
});

test('a run that waited has its whole time from when it starts', async () => {
  const ground = await triggering(WORKFLOWS);
  await operate(ground, 'pause');
  await ground.hear(event('e1', 'I1'));
  await ground.scheduler.run(ground.scheduler.now() + 3_600_000);
  await operate(ground, 'resume');
  await drainAll(ground);
  expect(await ground.stores.executions.get('go-I1')).toMatchObject({
    status: 'RUNNING',
    deadline: '2026-11-22T18:10:00.000Z',
    enginePausedMs: 3_600_000,
  });
});

test('a start that was cut short waits too where the engine was paused meanwhile, since when it waited before', async () => {
  const ground = await triggering(WORKFLOWS);
  await operate(ground, 'pause');
  await ground.hear(event('e1', 'I1'));
  await operate(ground, 'resume');
  const { kernel } = ground.stores;
  const [item] = (await kernel.queue({ limit: 1 })).items;
  // Taken out, and dead before it was started.
  if (item) await takeOut({ ...ground.stores, limits: LIMITS, clock: ground.runtime.clock })(item, await kernel.get());
  await operate(ground, 'pause');
  await ground.hear(event('e1', 'I1'));
  await ground.say('execution.unstarted', { executionId: 'go-I1' });
  expect(ground.started).toEqual([]);
  expect((await kernel.queue({ limit: 9 })).items).toMatchObject([{ executionId: 'go-I1', since: item?.since }]);
  await operate(ground, 'resume');
  await drainAll(ground);
  expect(ground.started).toEqual(['go-I1']);
  expect(await ledger(ground)).toMatchObject({ matched: 1, queued: 0, started: 1, closes: true });
});

test('a run that is cancelled while it waits leaves the queue, and its match has failed', async () => {
  const ground = await triggering(WORKFLOWS);
  await operate(ground, 'pause');
  await ground.hear(event('e1', 'I1'));
  ground.faults.push({ service: 'states', operation: 'StopExecution', error: 'ExecutionDoesNotExist' });
  await ground.cancel('go-I1');
  expect(await ground.stores.executions.get('go-I1')).toMatchObject({ status: 'CANCELLED' });
  expect((await ground.stores.kernel.queue({ limit: 9 })).items).toEqual([]);
  await operate(ground, 'resume');
  await drainAll(ground);
  expect(ground.started).toEqual([]);
  expect(await ledger(ground)).toMatchObject({ matched: 1, queued: 0, failed: 1, closes: true });
});

test('one that cannot be started stops no other', async () => {
  const ground = await triggering(WORKFLOWS, incidents(3));
  await operate(ground, 'pause');
  for (let n = 0; n < 3; n += 1) await ground.hear(event(`e${n}`, `I${n}`));
  await operate(ground, 'resume');
  ground.failing.add('go-I1');
  await expect(drainAll(ground)).rejects.toThrow('go-I1 does not start');
  expect(ground.started.sort()).toEqual(['go-I0', 'go-I2']);
  ground.failing.clear();
  await ground.say('execution.unstarted', { executionId: 'go-I1' });
  expect(ground.started).toContain('go-I1');
});

test('an engine that stops starts nothing, and is STOPPED when the last run has ended; started anew it starts what waits', async () => {
  const ground = await triggering(WORKFLOWS, incidents(2));
  await ground.hear(event('e0', 'I0'));
  await operate(ground, 'stop', 'finish');
  await ground.hear(event('e1', 'I1'));
  await drainAll(ground);
  expect([ground.started, (await ground.stores.kernel.get()).state]).toEqual([['go-I0'], 'STOPPING']);
  await ground.complete('go-I0');
  expect(ground.told.map(({ type }) => type)).toContain('kernel.drain');
  await drainAll(ground);
  expect(await ground.stores.kernel.get()).toMatchObject({ state: 'STOPPED', by: 'op-1', reason: 'a drill', mode: 'finish' });
  expect((await ground.kinds('kernel.')).map(({ kind }) => kind)).toEqual(['kernel.stopping', 'kernel.stopped']);
  expect(ground.started).toEqual(['go-I0']);
  await operate(ground, 'start');
  await drainAll(ground);
  expect(ground.started).toEqual(['go-I0', 'go-I1']);
});

test('a stop that calls runs off cancels each that runs, once, and leaves what waits', async () => {
  const ground = await triggering(WORKFLOWS, incidents(3));
  for (const n of [0, 1]) await ground.hear(event(`e${n}`, `I${n}`));
  await operate(ground, 'stop', 'compensate');
  await ground.hear(event('e2', 'I2'));
  await ground.say('kernel.drain', { callOff: true });
  await ground.finish('execution.control');
  await ground.say('kernel.drain', { callOff: true });
  const status = async (id: string) => (await ground.stores.executions.get(id))?.status;
  expect([await status('go-I0'), await status('go-I1'), await status('go-I2')]).toEqual(['CANCELLED', 'CANCELLED', 'QUEUED']);
  expect(await ground.stores.kernel.get()).toMatchObject({ state: 'STOPPED' });
  const asked = (await ground.entries()).filter(({ kind }) => kind === 'workflow.cancel-requested');
  expect(asked.map(({ actor, executionId }) => [actor, executionId]).sort()).toEqual([
    ['person/op-1', 'go-I0'],
    ['person/op-1', 'go-I1'],
  ]);
});

test('pauses, resumes, drains and events that race lose no match and start each once', async () => {
  for (let seed = 0; seed < 25; seed += 1) {
    const ground = await triggering(WORKFLOWS, incidents(4), { seed, shuffle: true }).catch(() => undefined);
    if (!ground) throw new Error('the ground did not come up');
    const hear = (n: number) => ground.hear(event(`e${n}`, `I${n}`));
    await ground.settle(Promise.all([hear(0), operate(ground, 'pause'), hear(1), hear(1)]));
    const started = [...ground.started];
    await ground.settle(Promise.all([hear(2), ground.say('kernel.drain', {})]));
    expect([seed, ground.started.filter((id) => id === 'go-I2')]).toEqual([seed, []]);
    await ground.settle(Promise.all([operate(ground, 'resume'), hear(3), ground.say('kernel.drain', {}), ground.say('kernel.drain', {})]));
    await ground.settle(ground.say('kernel.drain', {}));
    expect([seed, [...new Set(ground.started)].sort()]).toEqual([seed, ['go-I0', 'go-I1', 'go-I2', 'go-I3']]);
    expect(started.every((id) => ground.started.includes(id))).toBe(true);
    expect(await ground.settle(ledger(ground))).toMatchObject({ matched: 4, queued: 0, started: 4, closes: true });
  }
});

test('a start that was cut short, and whose run came to its end all the same, is settled by that end', async () => {
  const ground = await triggering(WORKFLOWS);
  await operate(ground, 'pause');
  await ground.hear(event('e1', 'I1'));
  await operate(ground, 'resume');
  // The machine was started and nobody could say so any more: nothing of this is delivered again.
  ground.failing.add('go-I1');
  await expect(ground.say('kernel.drain', {})).rejects.toThrow('go-I1 does not start');
  expect((await ground.kinds('match.')).map(({ kind }) => kind)).toEqual(['match.made', 'match.queued', 'match.released']);
  await ground.complete('go-I1');
  await ground.complete('go-I1');
  expect((await ground.kinds('match.')).map(({ kind }) => kind)).toEqual(['match.made', 'match.queued', 'match.released', 'match.started']);
  expect((await ground.kinds('workflow.')).map(({ kind }) => kind)).toEqual(['workflow.ending', 'workflow.started', 'workflow.completed']);
  expect(await ledger(ground)).toMatchObject({ matched: 1, queued: 0, started: 1, closes: true });
});
