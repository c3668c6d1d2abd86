import { describe, expect, test } from 'vitest';
import type { Activity } from '../../../../shared/contracts/resource.ts';
import type { AllocationPriority } from '../../../../shared/contracts/vocabulary.ts';
import { unit } from '../../../support/scene.ts';
import { NOW, request, run, staged } from './ground.ts';

const ORDER: AllocationPriority[] = ['EMERGENCY', 'HIGH', 'NORMAL', 'LOW'];

test.each(ORDER.flatMap((wants) => ORDER.map((has) => [wants, has] as const)))(
  'a claim of %s takes from one of %s only where it goes before it',
  async (wants, has) => {
    const ground = await staged([unit('a', 'OFFICER', 100)]);
    await ground.claim(request('I1', { OFFICER: 1 }, { priority: has }));
    const given = await ground.claim(request('I2', { OFFICER: 1 }, { priority: wants }));
    const before = ORDER.indexOf(wants) < ORDER.indexOf(has);
    expect(given?.outcome).toBe(before ? 'allocated' : 'short');
    expect(await ground.holders()).toEqual({ a: run(before ? 'I2' : 'I1') });
  },
);

test.each<[Activity, boolean]>([
  ['EN_ROUTE', true],
  ['ON_SCENE', false],
  ['TRANSPORTING', false],
  ['RESCUING', false],
])('a unit that is %s is taken: %s', async (activity, taken) => {
  const ground = await staged([unit('a', 'OFFICER', 100)]);
  await ground.claim(request('I1', { OFFICER: 1 }, { priority: 'LOW' }));
  await ground.says(await ground.stores.resources.get('a'), { activity });
  const given = await ground.claim(request('I2', { OFFICER: 1 }, { priority: 'EMERGENCY' }));
  expect(given?.outcome).toBe(taken ? 'allocated' : 'short');
});

describe('what is taken', () => {
  test('is written down in one transaction: the new holder, the fence, the journal and the notice', async () => {
    const ground = await staged([unit('a', 'OFFICER', 100)]);
    await ground.claim(request('I1', { OFFICER: 1 }, { priority: 'LOW' }));
    const given = await ground.claim(request('I2', { OFFICER: 1 }, { priority: 'HIGH', step: 'sendMore' }));
    expect(given).toMatchObject({
      units: [{ id: 'a', fence: 2 }],
      why: [{ because: expect.stringContaining(`taken from ${run('I1')} (LOW)`) }],
    });
    const { resources } = ground.stores;
    expect(await resources.get('a')).toMatchObject({ status: 'HELD', holder: run('I2'), step: 'sendMore', fence: 2, priority: 'HIGH' });
    expect(await resources.heldBy(run('I1'))).toEqual([]);
    expect(await resources.heldBy(run('I2'))).toMatchObject([{ resourceId: 'a', fence: 2 }]);
    expect(await resources.lapsed('2027')).toHaveLength(1);
    expect((await ground.entries()).find(({ kind }) => kind === 'resource.preempted')?.data).toMatchObject({
      resourceId: 'a',
      from: run('I1'),
      step: 'sendPatrols',
      to: run('I2'),
      was: 1,
      fence: 2,
      why: 'HIGH goes before LOW',
    });
    const notice = {
      executionId: run('I1'),
      step: 'sendPatrols',
      resourceId: 'a',
      fence: 1,
      by: { executionId: run('I2'), priority: 'HIGH' },
    };
    expect(await resources.displaced()).toMatchObject([notice]);
    expect(ground.told).toMatchObject([{ type: 'resource.preempted', detail: notice }]);
  });

  test('is nothing while a free one is left, however far, and nothing that does not complete the bundle', async () => {
    const ground = await staged([unit('a', 'OFFICER', 100), unit('b', 'OFFICER', 9000)]);
    await ground.claim(request('I1', { OFFICER: 1 }, { priority: 'LOW' }));
    expect(await ground.claim(request('I2', { OFFICER: 3 }, { priority: 'EMERGENCY' }))).toMatchObject({
      outcome: 'short',
      short: { OFFICER: 2 },
    });
    expect(await ground.claim(request('I2', { OFFICER: 1 }, { priority: 'EMERGENCY' }))).toMatchObject({ units: [{ id: 'b' }] });
    expect(await ground.holders()).toEqual({ a: run('I1'), b: run('I2') });
  });

  test('is what hurts least: of the lowest priority first, the nearest of these', async () => {
    const ground = await staged(['a', 'b', 'c'].map((id, n) => unit(id, 'OFFICER', 100 * (n + 1))));
    for (const [run, priority] of [
      ['I1', 'NORMAL'],
      ['I2', 'LOW'],
      ['I3', 'LOW'],
    ] as const) {
      await ground.claim(request(run, { OFFICER: 1 }, { priority }));
    }
    expect(await ground.claim(request('I4', { OFFICER: 1 }, { priority: 'EMERGENCY' }))).toMatchObject({ units: [{ id: 'b' }] });
    expect(await ground.claim(request('I5', { OFFICER: 2 }, { priority: 'HIGH' }))).toMatchObject({ units: [{ id: 'c' }, { id: 'a' }] });
  });

  test('is no unit whose lease has lapsed: nobody knows where that one stands', async () => {
    const ground = await staged([unit('a', 'OFFICER', 100)]);
    await ground.claim(request('I1', { OFFICER: 1 }, { priority: 'LOW', leaseS: 60 }));
    await ground.scheduler.run(NOW + 61_000);
    expect(await ground.claim(request('I2', { OFFICER: 1 }, { priority: 'EMERGENCY' }))).toMatchObject({ outcome: 'short' });
  });
});

test('a unit that arrives in the moment in which it is claimed by what goes before stays where it is', async () => {
  let [taken, kept] = [0, 0];
  for (let seed = 0; seed < 30; seed += 1) {
    const ground = await staged([unit('a', 'OFFICER', 100)], [], { seed, shuffle: true });
    await ground.settle(ground.claim(request('I1', { OFFICER: 1 }, { priority: 'LOW' })));
    const was = await ground.stores.resources.get('a');
    const rival = ground.claim(request('I2', { OFFICER: 1 }, { priority: 'EMERGENCY' }));
    let steps = 0;
    await ground.scheduler.run(() => ++steps > seed);
    const [given, said] = await ground.settle(Promise.all([rival, ground.says(was, { activity: 'ON_SCENE' })]));
    // Either its word came first and it was not taken, or it was taken first and its word was on another claim.
    expect(given?.outcome).toBe(said ? 'short' : 'allocated');
    if (said) kept += 1;
    else taken += 1;
  }
  expect(Math.min(taken, kept)).toBeGreaterThan(0);
});
