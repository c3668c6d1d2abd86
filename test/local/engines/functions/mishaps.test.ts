import { describe, expect, it } from 'vitest';
import type { InvocationFault } from '../../../../local/kernel/faults.ts';
import type { Create } from '../../../../shared/lambda/runtime.ts';
import { createGround } from '../queues/ground.ts';
import { counting, createBench } from './bench.ts';

const suffering = (create: Create<never, unknown>, ...plan: (InvocationFault | undefined)[]) => {
  const names: string[] = [];
  const invocation = (name: string) => {
    names.push(name);
    return plan.shift();
  };
  const faults = { call: () => undefined, delivery: () => undefined, invocation };
  let calls = 0;
  const call = async () => {
    calls += 1;
    return {};
  };
  return { ...createBench({ f: create }, { ground: { ...createGround(), faults }, call }), names, calls: () => calls };
};

describe('a planned mishap of an invocation', () => {
  it('leaves it without answers after so many calls, until its timeout', async () => {
    const reached: number[] = [];
    const create: Create<never, unknown> =
      ({ aws }) =>
      async () => {
        for (let n = 0; n < 5; n += 1) {
          await aws?.('dynamodb', 'GetItem', {});
          reached.push(n);
        }
      };
    const bench = suffering(create, { kind: 'timeout', calls: 2 });
    const outcome = bench.functions.invoke('f', {});
    await bench.ground.scheduler.run();
    expect(await outcome).toMatchObject({ ok: false, error: 'Sandbox.Timedout' });
    expect(reached).toEqual([0, 1]);
    expect(bench.calls()).toBe(3);
    expect(bench.names).toEqual(['f']);
    expect(await bench.functions.invoke('f', {})).toMatchObject({ ok: true });
  });

  it('makes it a cold start', async () => {
    const { functions } = suffering(counting(), undefined, { kind: 'cold' }, undefined);
    const payloads = [];
    for (let n = 0; n < 3; n += 1) payloads.push(((await functions.invoke('f', {})) as { payload: unknown }).payload);
    expect(payloads).toEqual([1, 2, 2]);
  });

  it('sets its clock wrong, and right again for the next', async () => {
    const { functions, ground } = suffering(
      ({ clock }) =>
        async () =>
          clock.now(),
      { kind: 'skew', ms: -90_000 },
    );
    expect(await functions.invoke('f', {})).toMatchObject({ payload: ground.scheduler.now() - 90_000 });
    expect(await functions.invoke('f', {})).toMatchObject({ payload: ground.scheduler.now() });
  });
});

it('an environment that nobody used for some minutes is gone', async () => {
  const { functions, ground } = createBench({ f: counting() });
  const pass = (ms: number) => ground.scheduler.run(ground.scheduler.now() + ms);
  expect(await functions.invoke('f', {})).toMatchObject({ payload: 1 });
  await pass(6 * 60_000);
  expect(await functions.invoke('f', {})).toMatchObject({ payload: 1 });
  await pass(8 * 60_000);
  expect(await functions.invoke('f', {})).toMatchObject({ payload: 2 });
});

it('a pause between two attempts is on the machine’s clock, and ends never once the environment is dead', async () => {
  let woke = 0;
  const create: Create<never, unknown> =
    ({ pause }) =>
    async () => {
      await pause?.(20_000);
      woke += 1;
    };
  const { functions, ground } = createBench({ f: create });
  const outcome = functions.invoke('f', {});
  await ground.scheduler.run();
  expect(await outcome).toMatchObject({ error: 'Sandbox.Timedout' });
  expect(woke).toBe(0);
});
