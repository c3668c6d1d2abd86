import { describe, expect, test } from 'vitest';
import { create as createFinish } from '../../../functions/finish/handler.ts';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import type { AllocationRequest } from '../../../shared/contracts/resource-allocation.ts';
import { allocate } from '../../../shared/domain/allocation/allocate.ts';
import { release } from '../../../shared/domain/release.ts';
import { ownBus } from '../../../shared/lambda/bus.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { execution, hold, PLACE, perform, stage, stepNamed, unit } from '../../support/scene.ts';

const WAITS_S = 300;
const patient = (name = 'sendPatrols', needs: object = { OFFICER: 1 }) => ({ ...stepNamed(name), needs, waits: WAITS_S });
const waiting = { Error: 'SWOE.Waiting', Cause: 'not enough free units within reach: 1 OFFICER short' };

/** Two runs with a step that would wait, and one officer, whom a person's claim holds. */
const scene = async (how: Parameters<typeof rooms>[0] = {}) => {
  const ground = rooms(how);
  const { stores, runtime } = ground;
  const deps = { ...stores, bus: ownBus(runtime), clock: runtime.clock };
  await ground.settle(stage(ground, { executions: [execution('I1'), execution('I2')], fleet: [unit('o1', 'OFFICER', 100)] }));
  const want: AllocationRequest = {
    executionId: 'incident/I9',
    step: 'by-hand-1',
    needs: { OFFICER: 1 },
    location: PLACE,
    priority: 'EMERGENCY',
    leaseS: 600,
  };
  await ground.settle(allocate(deps)(want, { incidentId: 'I9', actor: 'person/ada' }));
  const step = createStep(runtime);
  return {
    ...ground,
    step,
    settle: createSettle(runtime),
    toTheEnd: ground.settle,
    answers: () => ground.asked.filter(({ operation }) => operation.startsWith('SendTask')).map(({ input }) => input),
    free: () => release(deps)('incident/I9', 'person/ada'),
    words: () => ground.told.filter(({ type }) => type === 'resource.freed'),
    freed: delivery(raw('swoe', { types: ['OFFICER'] }, { 'detail-type': 'resource.freed' })),
    performs: (incident = 'I1', token = 'first') => step(perform(incident, 'sendPatrols', { step: patient(), token })),
    waits: (incident = 'I1', token = `wait-${incident}`) =>
      step(hold(incident, 'sendPatrols', { step: patient() as never, error: waiting, within: WAITS_S, token })),
    line: async () => (await stores.resources.line()).map(({ request }) => request.executionId),
    later: (seconds: number) => ground.scheduler.run(ground.scheduler.now() + seconds * 1000),
    kinds: async () => (await ground.entries()).map(({ kind }) => kind).filter((kind) => /waiting|served|wait-ended/.test(kind)),
  };
};

describe('a step that is short of units and says that it waits', () => {
  test('stands in the line, is served when a unit is freed, and goes out with it', async () => {
    const { performs, waits, free, words, settle, freed, answers, stores, line, told, kinds } = await scene();
    await performs();
    expect(answers()).toMatchObject([{ taskToken: 'first', error: 'SWOE.Waiting', cause: expect.stringContaining('1 OFFICER short') }]);
    await waits();
    expect([await line(), answers().length]).toEqual([['gunfire-response-I1'], 1]);
    await free();
    expect(words()).toMatchObject([{ detail: { types: ['OFFICER'] } }]);
    await settle(freed);
    expect(answers().slice(1)).toMatchObject([{ taskToken: 'wait-I1', output: '{"served":true}' }]);
    expect(await stores.resources.get('o1')).toMatchObject({ holder: 'gunfire-response-I1', step: 'sendPatrols', fence: 2 });
    expect([await line(), await stores.resources.answers(), await kinds()]).toEqual([[], [], ['resource.waiting', 'resource.served']]);
    await performs('I1', 'again');
    expect(told.filter(({ type }) => type === 'action.requested')).toMatchObject([{ detail: { units: [{ id: 'o1', fence: 2 }] } }]);
  });

  test('is served before whoever came later, and a newcomer is short though a unit is free', async () => {
    const { performs, waits, free, settle, freed, answers, stores } = await scene();
    await waits('I2');
    await waits('I1');
    await free();
    await performs('I1', 'newcomer');
    expect(answers()).toMatchObject([{ taskToken: 'newcomer', error: 'SWOE.Waiting' }]);
    await settle(freed);
    expect(await stores.resources.get('o1')).toMatchObject({ holder: 'gunfire-response-I2' });
    expect(answers().slice(1)).toMatchObject([{ taskToken: 'wait-I2' }]);
  });

  test('that is delivered twice has one place, and the newer token is told', async () => {
    const { waits, free, settle, freed, answers, line } = await scene();
    await waits('I1', 'older');
    await waits('I2');
    await waits('I1', 'newer');
    expect(await line()).toEqual(['gunfire-response-I1', 'gunfire-response-I2']);
    await free();
    await settle(freed);
    expect(answers()).toMatchObject([{ taskToken: 'newer', output: '{"served":true}' }]);
  });

  test('is served at once where the unit was freed between its look and its place', async () => {
    const { performs, waits, free, answers, words, line } = await scene();
    await performs();
    await free();
    expect(words()).toEqual([]);
    await waits();
    expect(answers().slice(1)).toMatchObject([{ taskToken: 'wait-I1', output: '{"served":true}' }]);
    expect(await line()).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6])('is served, whoever of it and the one who frees is faster, under seed %i', async (seed) => {
    const { waits, free, settle, freed, stores, words, toTheEnd } = await scene({ seed, shuffle: true });
    await toTheEnd(Promise.all([waits(), free()]));
    if (words().length > 0) await toTheEnd(settle(freed));
    expect(await stores.resources.get('o1')).toMatchObject({ holder: 'gunfire-response-I1' });
    expect(await stores.resources.line()).toEqual([]);
  });

  test('ends as short when its time is over, and its machine is told why', async () => {
    const { waits, settle, later, runtime, asked, answers, line, kinds } = await scene();
    await waits();
    await later(WAITS_S);
    await createSweep(runtime)();
    const word = asked.find(({ input }) => String(input['QueueUrl']).endsWith('-settle'));
    await settle(delivery(JSON.parse(String(word?.input['MessageBody']))));
    expect(answers()).toMatchObject([
      { taskToken: 'wait-I1', error: 'SWOE.ResourcesShort', cause: expect.stringMatching(/^waited from .* for 1 OFFICER/) },
    ]);
    expect([await line(), await kinds()]).toEqual([[], ['resource.waiting', 'resource.wait-ended']]);
  });

  test('leaves the line when its run ends, and when it is missed', async () => {
    const { waits, step, runtime, asked, line, free, settle, freed, stores } = await scene();
    await waits('I1');
    await waits('I2');
    await createFinish(runtime)({
      contract: 1,
      op: 'compensate',
      executionId: 'gunfire-response-I1',
      error: { Error: 'SWOE.Test', Cause: 'it ends' },
    });
    expect(await line()).toEqual(['gunfire-response-I2']);
    const { action, undo } = patient();
    const missed = { op: 'miss', step: 'sendPatrols', action, round: 0, undo, error: { Error: 'States.Timeout' } } as const;
    await step({ contract: 1, executionId: 'gunfire-response-I2', ...missed } as never);
    expect(await line()).toEqual([]);
    asked.length = 0;
    await free();
    await settle(freed);
    expect(await stores.resources.get('o1')).toMatchObject({ status: 'FREE' });
  });

  test('is told by the next word where the process died between serving it and telling it', async () => {
    const { waits, free, settle, freed, faults, answers, stores } = await scene();
    await waits();
    await free();
    faults.push({ service: 'states', operation: 'SendTaskSuccess', error: 'ServiceUnavailable' });
    await settle(freed).catch(() => undefined);
    expect(await stores.resources.get('o1')).toMatchObject({ holder: 'gunfire-response-I1' });
    expect((await stores.resources.answers()).length).toBe(1);
    await settle(freed);
    expect(answers()).toMatchObject([{ taskToken: 'wait-I1', output: '{"served":true}' }]);
    expect(await stores.resources.answers()).toEqual([]);
  });
});
