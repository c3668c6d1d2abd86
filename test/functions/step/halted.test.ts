import { expect, test } from 'vitest';
import { create as createFinish } from '../../../functions/finish/handler.ts';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import { create as createTrigger } from '../../../functions/trigger/handler.ts';
import type { KernelCommand, StopMode } from '../../../shared/contracts/kernel.ts';
import { operate } from '../../support/engine.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { ask, droneMayFly, execution, exigency, hold, incident, onDuty, perform, stage, unit } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const paused = { Error: 'SWOE.Paused', Cause: 'as step said' };

const running = async (how: Parameters<typeof rooms>[0] = {}) => {
  const ground = rooms(how);
  const fleet = [unit('drone-1', 'DRONE', 100)];
  const facts = [exigency('I1'), ...droneMayFly(), ...onDuty('wc-1')];
  await stage(ground, { incidents: [incident('I1')], fleet, facts });
  const [step, trigger] = [createStep(ground.runtime), createTrigger(ground.runtime)];
  return {
    ground,
    step,
    settle: createSettle(ground.runtime),
    operate: (command: KernelCommand, mode?: StopMode) => operate(ground, command, mode),
    drain: () => trigger(delivery(raw('swoe', {}, { 'detail-type': 'kernel.drain' }))),
    queue: async () => (await ground.stores.kernel.queue({ limit: 99 })).items,
    answers: () => ground.asked.filter(({ operation }) => operation.startsWith('SendTask')).map(({ input }) => input),
    types: () => ground.told.map(({ type }) => type),
  };
};

test('a paused engine dispatches nothing, holds no unit for it, and the step goes back in its turn when it is resumed', async () => {
  const { ground, step, operate: to, drain, queue, answers, types } = await running();
  await to('pause');
  await step(perform('I1', 'sendDrone'));
  expect(answers()).toMatchObject([{ error: 'SWOE.Paused', cause: expect.stringContaining('SWOE is paused') }]);
  await step(hold('I1', 'sendDrone', { error: paused, token: 'hold-1' }));
  expect(await queue()).toMatchObject([{ kind: 'step', executionId: ID, step: 'sendDrone', priority: 'CRITICAL', token: 'hold-1' }]);
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
  expect(await ground.stores.resources.heldBy(ID)).toEqual([]);
  await drain();
  expect([answers().length, types()]).toEqual([1, []]);
  await to('resume');
  await drain();
  expect(answers().slice(1)).toMatchObject([{ taskToken: 'hold-1', output: '{"resumed":true}' }]);
  expect(await queue()).toEqual([]);
  await step(perform('I1', 'sendDrone', { token: 'again' }));
  expect(types()).toEqual(['action.requested']);
});

test('what SWOE does itself is not done either', async () => {
  const { ground, step, operate: to, answers } = await running();
  await to('pause');
  const command = perform('I1', 'alertOfficers');
  if (command.op === 'perform') await step({ ...command, step: { ...command.step, action: 'AUDIT_LOG' }, arguments: { entry: 'closing' } });
  expect(answers()).toMatchObject([{ error: 'SWOE.Paused' }]);
  expect((await ground.entries()).filter(({ kind }) => kind.startsWith('step.'))).toEqual([]);
});

test('what is under way goes on: a reply counts, and a question can be put and answered', async () => {
  const { ground, step, settle, operate: to, answers } = await running();
  await step(perform('I1', 'alertOfficers'));
  await to('pause');
  const asker = String(ground.told[0]?.detail['subsystem']);
  await settle(delivery(raw(asker, { actionId: `${ID}/alertOfficers/0` }, { 'detail-type': 'action.completed' })));
  expect(answers()).toMatchObject([{ taskToken: 'token-alertOfficers' }]);
  await step(ask('I1', 'warnPublic', { token: 'question' }));
  const [asked] = await ground.stores.executions.openApprovals();
  const word = {
    approvalId: asked?.id,
    by: 'wc-1',
    role: 'watch_commander',
    answer: 'approve',
    reason: 'seen',
    factsHash: asked?.factsHash,
  };
  await settle(delivery(raw('swoe', { ...word, at: '2026-11-22T17:00:00.000Z' }, { 'detail-type': 'approval.answered' })));
  expect(answers().slice(1)).toMatchObject([{ taskToken: 'question' }]);
});

test('a step that comes to wait when the engine goes on already goes back at once', async () => {
  const { step, operate: to, queue, answers } = await running();
  await to('pause');
  await to('resume');
  await step(hold('I1', 'sendDrone', { error: paused, token: 'hold-1' }));
  expect(answers()).toMatchObject([{ taskToken: 'hold-1', output: '{"resumed":true}' }]);
  expect(await queue()).toEqual([]);
});

test('an engine that lets runs end dispatches their steps, one that calls them off does not', async () => {
  const first = await running();
  await first.operate('stop', 'finish');
  await first.step(perform('I1', 'alertOfficers'));
  expect(first.types()).toEqual(['action.requested']);
  const second = await running();
  await second.operate('stop', 'compensate');
  await second.step(perform('I1', 'alertOfficers'));
  expect([second.types(), second.answers()]).toMatchObject([[], [{ error: 'SWOE.Paused' }]]);
});

test('a run that ends leaves nothing of it in the queue', async () => {
  const { ground, step, operate: to, queue } = await running();
  await to('pause');
  await step(hold('I1', 'sendDrone', { error: paused }));
  expect(await queue()).toHaveLength(1);
  await createFinish(ground.runtime)({ contract: 1, op: 'complete', executionId: ID });
  expect(await queue()).toEqual([]);
});

test('the deadline moves with the engine: nothing ends a run for time in which it could do nothing', async () => {
  const { ground, operate: to } = await running();
  const finish = createFinish(ground.runtime);
  const due = () => finish(delivery(raw('swoe', { executionId: ID }, { 'detail-type': 'execution.deadline' })));
  const pass = (minutes: number) => ground.scheduler.run(ground.scheduler.now() + minutes * 60_000);
  const status = async () => (await ground.stores.executions.get(ID))?.status;
  const schedules = () =>
    ground.asked.filter(({ operation }) => operation === 'CreateSchedule').map(({ input }) => input['ScheduleExpression']);
  // Due at 17:30; paused from 17:20 to 17:50, so due at 18:00.
  await pass(20);
  await to('pause');
  await pass(10);
  await due();
  expect(schedules()).toEqual(['at(2026-11-22T17:40:00)']);
  await pass(10);
  await createSweep(ground.runtime)();
  await pass(10);
  await to('resume');
  await due();
  expect([await status(), schedules().at(-1)]).toEqual(['RUNNING', 'at(2026-11-22T18:00:00)']);
  await pass(9);
  await due();
  expect(await status()).toBe('RUNNING');
  await pass(1);
  await due();
  expect(await status()).toBe('TIMEOUT');
});

test('what waits though the engine runs is found by the sweep', async () => {
  const { ground, step, operate: to } = await running();
  await to('pause');
  await step(hold('I1', 'sendDrone', { error: paused }));
  const sent = () =>
    ground.asked.filter(({ operation }) => operation === 'SendMessage').map(({ input }) => JSON.parse(String(input['MessageBody'])));
  await createSweep(ground.runtime)();
  expect(sent()).toEqual([]);
  await to('resume');
  await createSweep(ground.runtime)();
  expect(sent()).toMatchObject([{ 'detail-type': 'kernel.drain' }]);
});

test('pauses, steps and resumes that race dispatch nothing while the engine is paused, and leave nobody waiting', async () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    await ground.settle(stage(ground, { executions: [execution('I1')] }));
    const [step, trigger] = [createStep(ground.runtime), createTrigger(ground.runtime)];
    const names = ['alertOfficers', 'adviseTactics'];
    await ground.settle(Promise.all([operate(ground, 'pause'), ...names.map((name) => step(perform('I1', name)))]));
    const dispatched = async () => (await ground.settle(ground.entries())).filter(({ kind }) => kind === 'action.requested').length;
    const before = await dispatched();
    await ground.settle(Promise.all(names.map((name) => step(perform('I1', name, { token: `second-${name}` })))));
    expect([seed, await dispatched()]).toEqual([seed, before]);
    const held = ground.asked.filter(({ operation, input }) => operation === 'SendTaskFailure' && input['error'] === 'SWOE.Paused');
    const drain = () => trigger(delivery(raw('swoe', {}, { 'detail-type': 'kernel.drain' })));
    await ground.settle(
      Promise.all([
        operate(ground, 'resume'),
        drain(),
        ...held.map(({ input }, n) => step(hold('I1', names[n % 2] ?? '', { error: paused, token: `hold-${String(input['taskToken'])}` }))),
      ]),
    );
    await ground.settle(drain());
    expect([seed, (await ground.settle(ground.stores.kernel.queue({ limit: 9 }))).items]).toEqual([seed, []]);
    const woken = ground.asked.flatMap(({ operation, input }) => (operation === 'SendTaskSuccess' ? [String(input['taskToken'])] : []));
    for (const { input } of held) expect([seed, woken]).toEqual([seed, expect.arrayContaining([`hold-${String(input['taskToken'])}`])]);
  }
});
