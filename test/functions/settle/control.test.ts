import { expect, test } from 'vitest';
import { create } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { perform, stage, stepNamed } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const command = (op: string, requestId: string) =>
  delivery(
    raw(
      'swoe',
      {
        executionId: ID,
        op,
        by: 'sup-1',
        role: 'supervisor',
        reason: 'wait for the helicopter',
        at: '2026-11-22T17:00:00.000Z',
        requestId,
      },
      { 'detail-type': 'execution.control' },
    ),
  );

const running = async () => {
  const ground = rooms();
  await stage(ground, {});
  const step = createStep(ground.runtime);
  const answers = () => ground.asked.filter(({ operation }) => operation.startsWith('SendTask'));
  const hold = (token: string) => {
    const [last] = answers().slice(-1);
    const { error, cause } = last?.input ?? {};
    return step({
      contract: 1,
      op: 'hold',
      executionId: ID,
      attempt: 0,
      token,
      ordinal: 1,
      step: stepNamed('alertOfficers'),
      error: { Error: error, Cause: cause },
    });
  };
  return { ground, room: create(ground.runtime), step, answers, hold, run: () => ground.stores.executions.get(ID) };
};

test('a paused run dispatches nothing new, asks nobody, and goes on where it was when it is resumed', async () => {
  const { ground, room, step, answers, hold, run } = await running();
  await room(command('pause', 'R1'));
  expect(await run()).toMatchObject({ status: 'PAUSED' });
  await step(perform('I1', 'alertOfficers'));
  expect(answers()).toMatchObject([{ operation: 'SendTaskFailure', input: { error: 'SWOE.Paused' } }]);
  expect(ground.told).toEqual([]);
  await hold('hold-1');
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
  expect(await ground.stores.executions.waitingForResume(ID)).toMatchObject([{ kind: 'pause', step: 'alertOfficers', token: 'hold-1' }]);
  await room(command('resume', 'R2'));
  expect(answers().slice(-1)).toMatchObject([{ operation: 'SendTaskSuccess', input: { taskToken: 'hold-1' } }]);
  expect(await ground.stores.executions.waitingForResume(ID)).toEqual([]);
  await step(perform('I1', 'alertOfficers', { token: 'again' }));
  expect(ground.told.map(({ type }) => type)).toEqual(['action.requested']);
});

test('what is under way goes on: its reply counts, and its command is only asked again', async () => {
  const { ground, room, step, answers } = await running();
  await step(perform('I1', 'alertOfficers'));
  await room(command('pause', 'R1'));
  await step(perform('I1', 'alertOfficers', { token: 'newer' }));
  expect(ground.told.map(({ type }) => type)).toEqual(['action.requested', 'action.requested']);
  const asker = String(ground.told[0]?.detail['subsystem']);
  await room(delivery(raw(asker, { actionId: `${ID}/alertOfficers/0` }, { 'detail-type': 'action.completed' })));
  expect(answers()).toMatchObject([{ operation: 'SendTaskSuccess', input: { taskToken: 'newer' } }]);
});

test('the deadline stands still while it is paused, and so does its schedule', async () => {
  const { ground, room, run } = await running();
  const before = Date.parse((await run())?.deadline ?? '');
  await room(command('pause', 'R1'));
  await ground.scheduler.run(ground.scheduler.now() + 600_000);
  await room(command('resume', 'R2'));
  const after = await run();
  expect(after).toMatchObject({ status: 'RUNNING' });
  expect(after?.pausedAt).toBeUndefined();
  expect(Date.parse(after?.deadline ?? '') - before).toBe(600_000);
  const schedules = ground.asked.filter(({ operation }) => operation.endsWith('Schedule'));
  expect(schedules.map(({ operation, input }) => [operation, input['ScheduleExpression']])).toEqual([
    ['DeleteSchedule', undefined],
    ['CreateSchedule', 'at(2026-11-22T17:40:00)'],
  ]);
});

test('a resume that was cut short is finished by the next delivery', async () => {
  const { ground, room, step, answers, hold } = await running();
  await room(command('pause', 'R1'));
  await step(perform('I1', 'alertOfficers'));
  await hold('hold-1');
  ground.faults.push({ service: 'states', operation: 'SendTaskSuccess', error: 'AccessDeniedException' });
  expect((await room(command('resume', 'R2'))).batchItemFailures).toHaveLength(1);
  expect(await ground.stores.executions.waitingForResume(ID)).toHaveLength(1);
  expect((await room(command('resume', 'R2'))).batchItemFailures).toEqual([]);
  expect(answers().slice(-1)).toMatchObject([{ operation: 'SendTaskSuccess', input: { taskToken: 'hold-1' } }]);
  expect((await ground.entries()).filter(({ kind }) => kind === 'workflow.resumed')).toHaveLength(1);
});

test('a step that comes to wait when the run is resumed already goes back at once', async () => {
  const { ground, room, step, answers, hold } = await running();
  await room(command('pause', 'R1'));
  await step(perform('I1', 'alertOfficers'));
  await room(command('resume', 'R2'));
  await hold('hold-1');
  expect(answers().slice(-1)).toMatchObject([{ operation: 'SendTaskSuccess', input: { taskToken: 'hold-1' } }]);
  expect(await ground.stores.executions.waitingForResume(ID)).toEqual([]);
});

test('pauses, steps and resumes that race leave nobody waiting and dispatch nothing while paused', async () => {
  for (let seed = 0; seed < 25; seed += 1) {
    const ground = rooms({ seed, shuffle: true });
    await ground.settle(stage(ground, {}));
    const [room, step] = [create(ground.runtime), createStep(ground.runtime)];
    await ground.settle(
      Promise.all([room(command('pause', 'R1')), step(perform('I1', 'alertOfficers')), step(perform('I1', 'adviseTactics'))]),
    );
    const entries = (await ground.settle(ground.entries())).map(({ kind }) => kind);
    const paused = entries.indexOf('workflow.paused');
    expect(paused).toBeGreaterThanOrEqual(0);
    expect([seed, entries.slice(paused).filter((kind) => kind === 'action.requested')]).toEqual([seed, []]);
  }
});

test('a command that does not fit changes nothing', async () => {
  const { room, run, ground } = await running();
  await room(command('resume', 'R1'));
  expect(await run()).toMatchObject({ status: 'RUNNING' });
  await ground.stores.journal.commit('I1', [], ground.stores.executions.enter(ID, 'CANCELLED'));
  await room(command('pause', 'R2'));
  expect(await run()).toMatchObject({ status: 'CANCELLED' });
  expect((await ground.entries()).filter(({ kind }) => kind === 'workflow.paused')).toEqual([]);
});
