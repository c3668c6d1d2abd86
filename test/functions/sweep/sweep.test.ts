import { expect, test } from 'vitest';
import { create as createStep } from '../../../functions/step/handler.ts';
import { create } from '../../../functions/sweep/handler.ts';
import { create as createTrigger } from '../../../functions/trigger/handler.ts';
import { delivery, rooms } from '../../support/rooms.ts';
import { councilAuthorisation, execution, exigency, perform, stage, unit } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const asked = (ground: ReturnType<typeof rooms>, operation: string) => ground.asked.filter((call) => call.operation === operation);

/** A match whose start was lost: frozen and stored, never begun. */
const lose = async (ground: ReturnType<typeof rooms>): Promise<void> => {
  const lost = execution('I1', { status: 'PENDING' });
  const { executions, journal } = ground.stores;
  const match = {
    workflow: 'gunfire-response',
    version: 1,
    eventKey: 'e',
    incidentId: 'I1',
    executionId: ID,
    outcome: 'pending' as const,
    at: lost.createdAt,
  };
  await journal.commit(
    'I1',
    [{ kind: 'match.made', actor: 'system/test', data: {} }],
    [executions.matched(match), ...executions.create(lost, 'e')],
  );
};

test('a start that was lost is put before trigger, which takes it up where it was', async () => {
  const ground = rooms({ start: Date.UTC(2026, 10, 22, 17, 2) });
  await lose(ground);
  expect(await create(ground.runtime)()).toEqual({ mended: 1, lapsed: 0 });
  const [message] = asked(ground, 'SendMessage');
  const body = JSON.parse(String(message?.input['MessageBody']));
  expect([message?.input['QueueUrl'], body['detail-type']]).toEqual([
    expect.stringContaining('swoe-dev-trigger-critical'),
    'execution.unstarted',
  ]);
  for (let n = 0; n < 2; n += 1) await createTrigger(ground.runtime)(delivery(body));
  expect(asked(ground, 'StartExecution')).toMatchObject([{ input: { name: ID } }]);
  expect(asked(ground, 'CreateSchedule')).toMatchObject([
    {
      input: {
        GroupName: 'swoe-dev-deadlines',
        ScheduleExpression: 'at(2026-11-22T17:30:00)',
        ActionAfterCompletion: 'DELETE',
        Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:swoe-dev-finish', RoleArn: 'arn:aws:iam::000000000000:role/swoe-dev-deadlines' },
      },
    },
  ]);
  expect(await ground.stores.executions.match('e', 'gunfire-response')).toMatchObject({ outcome: 'started' });
});

test('the end of an execution past its deadline is put before finish', async () => {
  const ground = rooms({ start: Date.UTC(2026, 10, 22, 17, 32) });
  await stage(ground, {});
  await create(ground.runtime)();
  expect(JSON.parse(String(asked(ground, 'SendMessage')[0]?.input['MessageBody']))).toMatchObject({
    'detail-type': 'execution.deadline',
    detail: { executionId: ID },
  });
});

test('a run that never started and is past its deadline is a match that failed', async () => {
  const ground = rooms({ start: Date.UTC(2026, 10, 22, 17, 32) });
  await lose(ground);
  await create(ground.runtime)();
  expect(await ground.stores.executions.match('e', 'gunfire-response')).toMatchObject({ outcome: 'failed' });
  expect((await ground.entries()).filter(({ kind }) => kind === 'match.failed')).toHaveLength(1);
});

test('a paused run is not overdue, however long ago its deadline was', async () => {
  const ground = rooms({ start: Date.UTC(2026, 10, 22, 20) });
  await stage(ground, { executions: [execution('I1', { status: 'PAUSED', pausedAt: '2026-11-22T17:10:00.000Z' })] });
  expect(await create(ground.runtime)()).toEqual({ mended: 0, lapsed: 0 });
});

test('a start that was overtaken while it was lost is not made up for', async () => {
  const ground = rooms({ start: Date.UTC(2026, 10, 22, 17, 2) });
  await lose(ground);
  const end = { ending: '2026-11-22T17:01:00.000Z', endingAs: 'CANCELLED' as const, cause: 'superseded' };
  await ground.stores.journal.commit('I1', [], [ground.stores.executions.beginEnd(ID, end)]);
  expect(await create(ground.runtime)()).toEqual({ mended: 0, lapsed: 0 });
  expect(asked(ground, 'SendMessage')).toEqual([]);
});

test('an end that nobody was told of is put before finish once more, when it has had its time', async () => {
  const ground = rooms();
  await stage(ground, {});
  await ground.stores.journal.commit('I1', [], ground.stores.executions.enter(ID, 'COMPLETED', { endedAt: '2026-11-22T17:00:00.000Z' }));
  expect(await create(ground.runtime)()).toMatchObject({ mended: 0 });
  await ground.scheduler.run(Date.UTC(2026, 10, 22, 17, 2));
  expect(await create(ground.runtime)()).toMatchObject({ mended: 1 });
  expect(JSON.parse(String(asked(ground, 'SendMessage')[0]?.input['MessageBody']))).toMatchObject({ detail: { executionId: ID } });
});

test('a running execution within its deadline is left alone', async () => {
  const ground = rooms();
  await stage(ground, {});
  expect(await create(ground.runtime)()).toEqual({ mended: 0, lapsed: 0 });
  expect(ground.asked).toEqual([]);
});

test('a lapsed lease makes a unit unknown, never free', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('d', 'DRONE', 300)], facts: [exigency('I1'), councilAuthorisation()] });
  await createStep(ground.runtime)(perform('I1', 'sendDrone'));
  await ground.scheduler.run(Date.UTC(2026, 10, 22, 19));
  expect(await create(ground.runtime)()).toMatchObject({ lapsed: 1 });
  expect(await ground.stores.resources.get('d')).toMatchObject({ status: 'UNKNOWN' });
  expect(await ground.stores.resources.free('DRONE', ['0', 'z'])).toEqual([]);
});

test('a reservation whose time is over ends, and its units are promised to nobody', async () => {
  const ground = rooms();
  const { resources, journal } = ground.stores;
  const [from, to] = ['2026-11-22T17:10:00.000Z', '2026-11-22T17:20:00.000Z'];
  const reservation = {
    id: 'R1',
    units: ['a'],
    from,
    to,
    forWhom: 'incident/I1',
    priority: 'NORMAL',
    by: 'ada',
    reason: 'parade',
  } as const;
  await stage(ground, {
    fleet: [unit('a', 'OFFICER', 100, { bookings: [{ id: 'R1', from, to, forWhom: 'incident/I1', priority: 'NORMAL' }] })],
  });
  await journal.commit('I1', [], [resources.reserve({ ...reservation, units: ['a'] })]);
  await ground.scheduler.run(Date.parse(from));
  await create(ground.runtime)();
  expect(await resources.reservations()).toHaveLength(1);
  await ground.scheduler.run(Date.parse(to) + 1000);
  await create(ground.runtime)();
  expect(await resources.reservations()).toEqual([]);
  expect((await resources.get('a'))?.bookings).toEqual([]);
  const ended = (await ground.entries()).filter(({ kind }) => kind === 'resource.reservation-ended');
  expect(ended.map(({ data }) => data)).toMatchObject([{ reservationId: 'R1', why: 'its time is over' }]);
});
