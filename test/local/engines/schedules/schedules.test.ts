import { beforeEach, describe, expect, it } from 'vitest';
import { createSchedules, type Schedules } from '../../../../local/engines/schedules/schedules.ts';
import { AwsError } from '../../../../local/kernel/aws-error.ts';
import { createGround, replayInto, type TestGround } from '../queues/ground.ts';

const queue = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:sweep';
const once = (more: object = {}) => ({
  Name: 'deadline-1',
  ScheduleExpression: 'at(2026-01-01T00:15:00)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: { Arn: queue('deadlines'), Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
  ...more,
});

let ground: TestGround;
let sent: [to: string, what: unknown][];
let schedules: Schedules;
const create = (): Schedules =>
  createSchedules(ground, {
    send: (to, body) => {
      if (to === queue('gone')) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
      sent.push([to, JSON.parse(body)]);
    },
    invokeAsync: (to, payload) => sent.push([to, payload]),
  });
const minutes = (n: number) => ground.scheduler.run(Date.UTC(2026, 0, 1) + n * 60_000);

beforeEach(() => {
  ground = createGround();
  sent = [];
  schedules = create();
});

describe('a rate', () => {
  it('calls its function every period', async () => {
    schedules.define({ Name: 'sweep', ScheduleExpression: 'rate(1 minute)', Target: { Arn: LAMBDA, Input: '{"sweep":true}' } });
    schedules.resume();
    await minutes(5);
    expect(sent).toEqual(Array.from({ length: 5 }, () => [LAMBDA, { sweep: true }]));
  });

  it('without input sends Scheduler’s notification', async () => {
    schedules.define({ Name: 'sweep', ScheduleExpression: 'rate(2 hours)', Target: { Arn: LAMBDA } });
    schedules.resume();
    await minutes(120);
    expect(sent).toMatchObject([[LAMBDA, { source: 'aws.scheduler', 'detail-type': 'Scheduled Event', time: '2026-01-01T02:00:00Z' }]]);
  });

  it('that is disabled calls nobody', async () => {
    schedules.define({ Name: 'sweep', ScheduleExpression: 'rate(1 minute)', State: 'DISABLED', Target: { Arn: LAMBDA } });
    schedules.resume();
    await minutes(5);
    expect(sent).toEqual([]);
  });
});

describe('a one-time schedule', () => {
  beforeEach(() => schedules.resume());

  it('fires once at its time and is gone', async () => {
    expect(await schedules.serve('CreateSchedule', once())).toEqual({
      ScheduleArn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/deadline-1',
    });
    expect(await schedules.serve('GetSchedule', { Name: 'deadline-1' })).toMatchObject({
      State: 'ENABLED',
      ActionAfterCompletion: 'DELETE',
    });
    await minutes(60);
    expect(sent).toEqual([[queue('deadlines'), { at: '2026-01-01T00:15:00Z' }]]);
    await expect(schedules.serve('GetSchedule', { Name: 'deadline-1' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('that was deleted never fires', async () => {
    await schedules.serve('CreateSchedule', once());
    await schedules.serve('DeleteSchedule', { Name: 'deadline-1' });
    await minutes(60);
    expect(sent).toEqual([]);
  });

  it('is made once however often its client token asks', async () => {
    const first = await schedules.serve('CreateSchedule', once({ ClientToken: 't' }));
    expect(await schedules.serve('CreateSchedule', once({ ClientToken: 't' }))).toEqual(first);
    await expect(schedules.serve('CreateSchedule', once())).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('that came due while the machine was down fires at the restart, and a fired one does not', async () => {
    await schedules.serve('CreateSchedule', once());
    await schedules.serve(
      'CreateSchedule',
      once({ Name: 'early', ScheduleExpression: 'at(2026-01-01T00:01:00)', ActionAfterCompletion: 'NONE' }),
    );
    await minutes(2);
    const before = { ...ground, records: ground.records.slice() };
    ground = createGround();
    await minutes(30);
    sent = [];
    schedules = create();
    replayInto(schedules, before);
    await minutes(31);
    expect(sent).toHaveLength(1);
  });

  it('whose target is gone goes to its dead-letter queue', async () => {
    await schedules.serve(
      'CreateSchedule',
      once({ Target: { Arn: queue('gone'), Input: '{}', DeadLetterConfig: { Arn: queue('dead') } } }),
    );
    await minutes(60);
    expect(sent).toEqual([[queue('dead'), {}]]);
  });
});

it.each([['cron(0 8 * * * *)'], ['rate(1 minutes)'], ['rate(5 minute)'], ['rate(0 minutes)'], ['at(2026-13-01T00:00:00)']])(
  '%s is refused',
  async (ScheduleExpression) => {
    await expect(schedules.serve('CreateSchedule', once({ ScheduleExpression }))).rejects.toMatchObject({ name: 'ValidationException' });
  },
);
