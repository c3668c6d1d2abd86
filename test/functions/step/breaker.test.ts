import { expect, test } from 'vitest';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { COOL_DOWN_MS, MOST_FAILURES } from '../../../shared/domain/kernel/breaker.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { droneMayFly, execution, exigency, hold, perform, stage, unit } from '../../support/scene.ts';

const idOf = (n: number) => `I${n}`;

/** Many runs that may each send a drone, and alert officers. */
const city = async (how: Parameters<typeof rooms>[0] = {}) => {
  const ground = rooms(how);
  const all = [...Array(20).keys()].map(idOf);
  const patrol = [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v1', 'VEHICLE', 100), unit('v2', 'VEHICLE', 200)];
  const fleet = [...patrol, ...all.map((id, n) => unit(`drone-${id}`, 'DRONE', 100 + n))];
  await stage(ground, { executions: all.map((id) => execution(id)), fleet, facts: [...all.map(exigency), ...droneMayFly()] });
  const [step, settle] = [createStep(ground.runtime), createSettle(ground.runtime)];
  const say = (outcome: string, n: number, more: object = {}, name = 'sendDrone', source = 'drone_ops') =>
    ground.settle(
      settle(delivery(raw(source, { actionId: `gunfire-response-${idOf(n)}/${name}/0`, ...more }, { 'detail-type': `action.${outcome}` }))),
    );
  const send = (n: number, name = 'sendDrone') => ground.settle(step(perform(idOf(n), name)));
  const failing = async (from: number, count: number, error = 'SUBSYSTEM_ERROR') => {
    for (let n = from; n < from + count; n += 1) {
      await send(n);
      await say('failed', n, { error });
    }
  };
  return {
    ...ground,
    step,
    send,
    say,
    failing,
    breaker: (subsystem = 'drone_ops') => ground.stores.kernel.breaker(subsystem),
    asked: () => ground.told.filter(({ type }) => type === 'action.requested').map(({ detail }) => String(detail['executionId'])),
    failures: () => ground.asked.filter(({ operation }) => operation === 'SendTaskFailure').map(({ input }) => input),
    told: async () => (await ground.entries()).filter(({ kind }) => kind.startsWith('subsystem.')),
    /** All at one moment, interleaved. */
    together: (...runs: number[]) => ground.settle(Promise.all(runs.map((n) => step(perform(idOf(n), 'sendDrone'))))),
    later: (ms: number) => ground.scheduler.run(ground.scheduler.now() + ms),
  };
};

test('a subsystem that fails so often in a row is asked no more: the step fails at once, says since when, and holds no unit', async () => {
  const { send, failing, breaker, asked, failures, told, stores } = await city();
  await failing(0, MOST_FAILURES);
  expect(await breaker()).toMatchObject({ state: 'OPEN', because: 'DRONE_DISPATCH failed with SUBSYSTEM_ERROR' });
  expect(await told()).toMatchObject([
    { kind: 'subsystem.opened', actor: 'system/settle', data: { subsystem: 'drone_ops', failures: MOST_FAILURES } },
  ]);
  await send(9);
  expect(asked()).not.toContain('gunfire-response-I9');
  expect(failures().at(-1)).toMatchObject({
    error: 'SWOE.SubsystemDown',
    cause: expect.stringMatching(/^drone_ops has not worked since 2026-11-22T17:00.*SUBSYSTEM_ERROR.*tried again from 2026-11-22T17:01/),
  });
  expect(await stores.resources.heldBy('gunfire-response-I9')).toEqual([]);
  expect(await stores.executions.step('gunfire-response-I9', 'sendDrone')).toMatchObject({ status: 'FAILED', error: 'SWOE.SubsystemDown' });
});

test('what it cannot do this once is no failure of its own, and one success begins the count anew', async () => {
  const { failing, send, say, breaker } = await city();
  await failing(0, MOST_FAILURES - 1);
  await failing(4, 3, 'OUT_OF_RANGE');
  expect((await breaker()).failures).toHaveLength(MOST_FAILURES - 1);
  await send(8);
  await say('completed', 8);
  expect(await breaker()).toMatchObject({ state: 'CLOSED', failures: [] });
  await failing(9, MOST_FAILURES - 1);
  expect((await breaker()).state).toBe('CLOSED');
});

test('silence counts, whether the run goes on without the step or a person is asked about it, and each once', async () => {
  const { step, send, breaker } = await city();
  const error = { Error: 'States.Timeout', Cause: '' };
  for (let n = 0; n < 2 * MOST_FAILURES; n += 1) {
    await send(n);
    const missed = {
      contract: 1,
      op: 'miss',
      executionId: `gunfire-response-I${n}`,
      step: 'sendDrone',
      action: 'DRONE_DISPATCH',
      undo: 'auto',
      error,
    };
    for (let twice = 0; twice < 2; twice += 1) await step(n % 2 ? missed : hold(idOf(n), 'sendDrone', { error }));
    expect(await breaker()).toMatchObject({
      state: n + 1 < MOST_FAILURES ? 'CLOSED' : 'OPEN',
      failures: { length: Math.min(n + 1, MOST_FAILURES) },
    });
  }
});

test('an officer’s alert and a patrol go out whatever the breaker says, and what is done closes it', async () => {
  const { stores, send, say, breaker, asked, told } = await city();
  const { journal, kernel } = stores;
  for (const name of ['officer_safety', 'dispatch']) {
    const was = await kernel.breaker(name);
    const since = '2026-11-22T17:00:00.000Z';
    await journal.commit(name, [], [kernel.turnBreaker(was, { ...was, state: 'OPEN', generation: 1, since, downSince: since })]);
  }
  await send(0, 'alertOfficers');
  expect(asked()).toEqual(['gunfire-response-I0']);
  expect((await breaker('officer_safety')).state).toBe('OPEN');
  await send(1, 'sendPatrols');
  expect(asked()).toEqual(['gunfire-response-I0', 'gunfire-response-I1']);
  await say('completed', 0, {}, 'alertOfficers', 'officer_safety');
  expect((await breaker('officer_safety')).state).toBe('CLOSED');
  expect((await told()).map(({ kind, data }) => [kind, data['subsystem']])).toEqual([['subsystem.closed', 'officer_safety']]);
});

test('after the cool-down one step tries it, whoever else comes at that moment; a failure opens it again, a success closes it', async () => {
  for (let seed = 1; seed <= 5; seed += 1) {
    const { failing, send, say, breaker, asked, told, later, together } = await city({ seed, shuffle: true });
    await failing(0, MOST_FAILURES);
    await later(COOL_DOWN_MS);
    await together(6, 7, 8);
    const tried = asked().slice(MOST_FAILURES);
    expect(tried).toHaveLength(1);
    const [first = ''] = tried;
    expect(await breaker()).toMatchObject({ state: 'HALF_OPEN', trial: { actionId: `${first}/sendDrone/0` } });
    await say('failed', Number(first.slice('gunfire-response-I'.length)), { error: 'SUBSYSTEM_ERROR' });
    await later(COOL_DOWN_MS);
    await send(9);
    await say('completed', 9);
    await send(10);
    expect(asked().slice(-2)).toEqual(['gunfire-response-I9', 'gunfire-response-I10']);
    expect((await told()).map(({ kind }) => kind).sort()).toEqual(
      ['opened', 'half-opened', 'opened', 'half-opened', 'closed'].map((what) => `subsystem.${what}`).sort(),
    );
    expect(await breaker()).toMatchObject({ state: 'CLOSED', failures: [] });
  }
});

test('a run of successes writes nothing of its subsystem', async () => {
  const { send, say, breaker } = await city();
  for (let n = 0; n < 3; n += 1) {
    await send(n);
    await say('completed', n);
  }
  expect(await breaker()).toMatchObject({ generation: 0 });
});

test('the same request delivered once more is sent, whatever became of its subsystem meanwhile', async () => {
  const { send, failing, asked } = await city();
  await send(9);
  await failing(0, MOST_FAILURES);
  await send(9);
  expect(asked().filter((id) => id === 'gunfire-response-I9')).toHaveLength(2);
});
