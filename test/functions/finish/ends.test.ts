import { expect, test } from 'vitest';
import { create } from '../../../functions/finish/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import type { Execution } from '../../../shared/contracts/execution.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { councilAuthorisation, execution, exigency, perform, stage, unit } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const said = (type: string, detail: object) => delivery(raw('swoe', detail, { 'detail-type': type }));
const overdue = said('execution.deadline', { executionId: ID });
const cancel = (requestId = 'R1') =>
  said('execution.control', {
    executionId: ID,
    op: 'cancel',
    by: 'sup-1',
    role: 'supervisor',
    reason: 'wrong street',
    at: '2026-11-22T17:00:02.000Z',
    requestId,
  });

const flying = async (more: Partial<Execution> = {}, start?: number) => {
  const ground = rooms(start === undefined ? {} : { start });
  await stage(ground, {
    executions: [execution('I1', more)],
    fleet: [unit('d', 'DRONE', 300)],
    facts: [exigency('I1'), councilAuthorisation()],
  });
  if (more.status === undefined) await createStep(ground.runtime)(perform('I1', 'sendDrone'));
  ground.told.length = 0;
  return { ground, room: create(ground.runtime), run: () => ground.stores.executions.get(ID) };
};
const stops = ({ asked }: ReturnType<typeof rooms>) => asked.filter(({ operation }) => operation === 'StopExecution').length;
const LATE = Date.UTC(2026, 10, 22, 17, 30);

test('a deadline that has come stops the machine, undoes what a machine may, and ends as TIMEOUT, whatever the machine says of its stop', async () => {
  const { ground, room, run } = await flying();
  await ground.scheduler.run(LATE);
  await room(overdue);
  await room(
    delivery(
      raw('aws.states', { name: ID, status: 'ABORTED', cause: 'stopped' }, { 'detail-type': 'Step Functions Execution Status Change' }),
    ),
  );
  expect(await run()).toMatchObject({ status: 'TIMEOUT', cause: 'the deadline has passed' });
  expect(stops(ground)).toBe(1);
  expect(ground.told.map(({ type }) => type)).toEqual(['action.cancelled', 'workflow.timed-out']);
  expect(await ground.stores.resources.get('d')).toMatchObject({ status: 'FREE' });
});

test.each([
  ['that has moved', { deadline: '2026-11-22T18:00:00.000Z' }],
  ['of a paused run', { status: 'PAUSED' as const, pausedAt: '2026-11-22T17:20:00.000Z' }],
  ['of a run that ended', { status: 'COMPLETED' as const, endedAt: '2026-11-22T17:20:00.000Z' }],
])('a deadline %s is left alone', async (_, more) => {
  const { ground, room, run } = await flying(more, LATE);
  await room(overdue);
  expect(await run()).toMatchObject(more);
  expect(stops(ground)).toBe(0);
});

test.each(['PENDING', 'RUNNING', 'PAUSED'] as const)('a person ends a run that is %s, once, and the reason is kept', async (status) => {
  const { ground, room, run } = await flying(status === 'RUNNING' ? {} : { status });
  for (let n = 0; n < 2; n += 1) await room(cancel());
  expect(await run()).toMatchObject({ status: 'CANCELLED', cause: 'cancelled by a supervisor' });
  expect(await ground.stores.resources.get('d')).toMatchObject({ status: 'FREE' });
  const entries = (await ground.entries()).filter(({ kind }) => kind === 'workflow.cancel-requested');
  expect(entries).toMatchObject([{ actor: 'person/sup-1', data: { reason: 'wrong street', role: 'supervisor' } }]);
  expect((await ground.entries()).filter(({ kind }) => kind === 'workflow.cancelled')).toHaveLength(1);
});

test('of two who would end a run differently the one who began is heeded', async () => {
  const { ground, room, run } = await flying();
  await ground.stores.journal.commit(
    'I1',
    [],
    [ground.stores.executions.beginEnd(ID, { ending: '2026-11-22T17:00:01.000Z', endingAs: 'CANCELLED', cause: 'called off' })],
  );
  await room({ contract: 1, op: 'complete', executionId: ID });
  expect(await run()).toMatchObject({ status: 'CANCELLED', cause: 'called off' });
  expect(await ground.stores.executions.step(ID, 'sendDrone')).toMatchObject({ status: 'UNDONE' });
});

test('an end is told with what each step came to, what its reply said, and what still stands', async () => {
  const { ground, room } = await flying();
  const { executions, journal } = ground.stores;
  await journal.commit('I1', [], [executions.enterStep(ID, 'sendDrone', 'COMPLETED', { result: { note: 'not declared' } })]);
  await room({ contract: 1, op: 'complete', executionId: ID });
  expect(ground.told).toMatchObject([
    {
      type: 'workflow.completed',
      detail: { executionId: ID, workflow: 'gunfire-response', steps: { sendDrone: 'COMPLETED' }, said: {}, notUndone: [] },
    },
  ]);
  expect(await executions.untold()).toEqual([]);
});

test('what was not undone is named with who must', async () => {
  const ground = rooms();
  const fleet = [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 200), unit('v', 'VEHICLE', 100)];
  await stage(ground, { fleet });
  await createStep(ground.runtime)(perform('I1', 'sendPatrols'));
  await create(ground.runtime)(cancel());
  const named = { step: 'sendPatrols', action: 'PATROL_REROUTE', undo: 'human', subsystem: 'dispatch' };
  expect((await ground.entries()).find(({ kind }) => kind === 'workflow.cancelled')?.data['notUndone']).toEqual([named]);
  expect((await ground.entries()).find(({ kind }) => kind === 'step.not-undone')?.data).toMatchObject({
    who: 'a named person must undo it',
    units: ['o1', 'o2', 'v'],
    subsystem: 'dispatch',
  });
});

test('an end that the bus was not told of is told by the next who comes', async () => {
  const { ground, room } = await flying({ status: 'RUNNING' });
  ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'AccessDeniedException' });
  await expect(room({ contract: 1, op: 'complete', executionId: ID })).rejects.toThrow();
  expect(await ground.stores.executions.untold()).toEqual([ID]);
  ground.told.length = 0;
  await room(overdue);
  expect(ground.told.map(({ type }) => type)).toEqual(['workflow.completed']);
  expect(await ground.stores.executions.untold()).toEqual([]);
});

test('the schedule of a deadline goes with its run', async () => {
  const { ground, room } = await flying();
  await room({ contract: 1, op: 'complete', executionId: ID });
  const [gone] = ground.asked.filter(({ operation }) => operation === 'DeleteSchedule');
  expect(gone?.input).toMatchObject({ GroupName: 'swoe-dev-deadlines', Name: expect.stringMatching(/^deadline-[0-9a-f]{40}$/) });
});
