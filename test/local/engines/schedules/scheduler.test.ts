import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSchedules, type Schedules } from '../../../../local/engines/schedules/schedules.ts';
import { AwsError } from '../../../../local/kernel/aws-error.ts';
import type { DeliveryFault } from '../../../../local/kernel/faults.ts';
import { createVirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';
import { createGround, replayInto, type TestGround } from '../queues/ground.ts';

const START = Date.UTC(2026, 0, 1);
const queue = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/swoe';
const ROLE = 'arn:aws:iam::000000000000:role/r';

interface Sent {
  readonly to: string;
  readonly at: number;
  readonly body: string;
  readonly attributes?: Record<string, { StringValue: string }> | undefined;
}

let ground: TestGround;
let sent: Sent[];
let calls: { principal: string; operation: string; input: Record<string, unknown> }[];
let answer: () => Record<string, unknown>;
let schedules: Schedules;

const create = (on: TestGround = ground): Schedules =>
  createSchedules(on, {
    send: (to, body, options) => void sent.push({ to, at: on.scheduler.now() - START, body, attributes: options?.attributes }),
    invokeAsync: () => {},
    call: async (principal, _service, operation, input) => {
      calls.push({ principal, operation, input });
      return answer();
    },
    lacks: (_role, action, arn) => (arn === queue('forbidden') ? `${action} on ${arn}` : undefined),
  });
const schedule = (more: object = {}) => ({
  Name: 's',
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: queue('q'), RoleArn: ROLE, Input: '{}' },
  ...more,
});
const call = (operation: string, input: Record<string, unknown>) => schedules.serve(operation, input);
const pass = (minutes: number) => ground.scheduler.run(ground.scheduler.now() + minutes * 60_000);
const times = () => sent.map(({ at }) => at / 60_000);

beforeEach(() => {
  ground = createGround();
  sent = [];
  calls = [];
  answer = () => ({});
  schedules = create();
  schedules.resume();
});

describe('a schedule', () => {
  it('runs between its StartDate and its EndDate, and is deleted after its last run where it says so', async () => {
    await call('CreateSchedule', {
      ...schedule({ ActionAfterCompletion: 'DELETE' }),
      StartDate: new Date(START + 90 * 60_000),
      EndDate: new Date(START + 220 * 60_000),
    });
    await pass(600);
    expect(times()).toEqual([90, 150, 210]);
    await expect(call('GetSchedule', { Name: 's' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('in a flexible window runs once in each window, not at its start alone', async () => {
    await call('CreateSchedule', schedule({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } }));
    await pass(600);
    expect(times().map((at) => Math.floor(at / 60))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(times().every((at) => at % 60 < 15)).toBe(true);
    expect(new Set(times().map((at) => at % 60)).size).toBeGreaterThan(1);
  });

  it('in a time zone runs at that place’s hour', async () => {
    await call('CreateSchedule', schedule({ ScheduleExpression: 'cron(0 8 * * ? *)', ScheduleExpressionTimezone: 'America/New_York' }));
    await pass(24 * 60);
    expect(times()).toEqual([13 * 60]);
  });

  it('that is updated forgets everything it was not told again', async () => {
    await call('CreateSchedule', schedule({ Description: 'old', State: 'DISABLED' }));
    await call('UpdateSchedule', schedule({ ScheduleExpression: 'rate(30 minutes)' }));
    expect(await call('GetSchedule', { Name: 's' })).not.toHaveProperty('Description');
    await pass(60);
    expect(times()).toEqual([30, 60]);
  });

  it('starts a state machine, or puts an event, as its role', async () => {
    const EventBridgeParameters = { DetailType: 'tick', Source: 'clock' };
    await call('CreateSchedule', schedule({ Name: 'm', Target: { Arn: MACHINE, RoleArn: ROLE, Input: '{"a":1}' } }));
    await call('CreateSchedule', schedule({ Name: 'e', Target: { Arn: BUS, RoleArn: ROLE, Input: '{}', EventBridgeParameters } }));
    await pass(60);
    expect(calls).toMatchObject([
      { principal: ROLE, operation: 'StartExecution', input: { stateMachineArn: MACHINE, input: '{"a":1}' } },
      { principal: ROLE, operation: 'PutEvents', input: { Entries: [{ Source: 'clock', DetailType: 'tick', EventBusName: BUS }] } },
    ]);
  });
});

describe('a run that fails', () => {
  const target = { Arn: MACHINE, RoleArn: ROLE, Input: '"<aws.scheduler.attempt-number>"', DeadLetterConfig: { Arn: queue('dead') } };
  const once = schedule({ ScheduleExpression: 'at(2026-01-01T01:00:00)' });

  it('is tried again, also after a restart, and tells which attempt it is', async () => {
    let left = 2;
    answer = () => {
      left -= 1;
      if (left >= 0) throw new AwsError('ThrottlingException', 'Rate exceeded');
      return {};
    };
    await call('CreateSchedule', { ...once, Target: target });
    await pass(60);
    schedules = create();
    replayInto(schedules, ground);
    await pass(10);
    expect(calls.map(({ input }) => input['input'])).toContain('"3"');
    expect([...schedules.snapshot()].filter((record) => (record as { op: string }).op === 'pending')).toEqual([]);
  });

  it('ends in the dead-letter queue, which is told why', async () => {
    answer = () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'no' }] });
    await call('CreateSchedule', {
      ...once,
      Target: { ...target, Arn: BUS, EventBridgeParameters: { DetailType: 'tick', Source: 'clock' } },
    });
    await pass(60);
    expect(sent).toMatchObject([
      { to: queue('dead'), attributes: { ERROR_CODE: { StringValue: 'NO_PERMISSIONS' }, TARGET_ARN: { StringValue: BUS } } },
    ]);
  });

  it('for want of a permission ends there at once', async () => {
    await call('CreateSchedule', { ...once, Target: { ...target, Arn: queue('forbidden') } });
    await pass(60);
    expect(sent).toMatchObject([{ to: queue('dead'), attributes: { ERROR_CODE: { StringValue: 'NO_PERMISSIONS' } } }]);
  });
});

it.each<[DeliveryFault, number[]]>([
  [{ kind: 'duplicate' }, [60, 60]],
  [{ kind: 'delay', ms: 60_000 }, [61]],
])('a run under the fault %o arrives so', async (fault, expected) => {
  const plan: (DeliveryFault | undefined)[] = [fault];
  ground = { ...createGround(), faults: { call: () => undefined, invocation: () => undefined, delivery: () => plan.shift() } };
  schedules = create();
  schedules.resume();
  await call('CreateSchedule', schedule({ ScheduleExpression: 'at(2026-01-01T01:00:00)' }));
  await pass(90);
  expect(times()).toEqual(expected);
});

describe('a schedule group', () => {
  it('holds schedules of its own, and takes them with it', async () => {
    await expect(call('CreateSchedule', schedule({ GroupName: 'g' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await call('CreateScheduleGroup', { Name: 'g' });
    await call('CreateSchedule', schedule({ GroupName: 'g' }));
    await call('CreateSchedule', schedule());
    expect(await call('ListSchedules', { GroupName: 'g' })).toMatchObject({
      Schedules: [{ Name: 's', GroupName: 'g', Target: { Arn: queue('q') } }],
    });
    await call('DeleteScheduleGroup', { Name: 'g' });
    expect(await call('ListSchedules', {})).toMatchObject({ Schedules: [{ GroupName: 'default' }] });
    expect(await call('ListScheduleGroups', {})).toMatchObject({ ScheduleGroups: [{ Name: 'default', State: 'ACTIVE' }] });
  });
});

it.each([
  ['ValidationException', 'CreateSchedule', schedule({ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } })],
  ['ValidationException', 'CreateSchedule', schedule({ ScheduleExpressionTimezone: 'Mars/Olympus' })],
  ['ValidationException', 'CreateSchedule', schedule({ StartDate: 2, EndDate: 1 })],
  ['ValidationException', 'CreateSchedule', schedule({ Target: { Arn: BUS } })],
  ['ValidationException', 'CreateSchedule', schedule({ Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' } })],
  ['ResourceNotFoundException', 'UpdateSchedule', schedule()],
  ['ValidationException', 'DeleteScheduleGroup', { Name: 'default' }],
  ['UnknownOperationException', 'Nothing', {}],
])('%s on %s %o', async (name, operation, input) => {
  await expect(call(operation, input)).rejects.toMatchObject({ name });
});

describe('a snapshot of the schedules', () => {
  const expression = fc.constantFrom('rate(7 minutes)', 'at(2026-01-01T00:20:00)', 'cron(0/15 * * * ? *)');
  const Name = fc.constantFrom('tick', 'x', 'y');
  const act = fc.oneof(
    fc.record({
      op: fc.constantFrom('CreateSchedule', 'UpdateSchedule'),
      Name,
      ScheduleExpression: expression,
      ActionAfterCompletion: fc.constantFrom('DELETE', 'NONE'),
    }),
    fc.record({ op: fc.constant('DeleteSchedule'), Name }),
    fc.record({ op: fc.constantFrom('CreateScheduleGroup', 'DeleteScheduleGroup'), Name: fc.constantFrom('g', 'h') }),
    fc.record({ op: fc.constant('wait'), minutes: fc.nat(20) }),
    fc.constant({ op: 'snapshot' }),
  );
  const define = (on: Schedules): void =>
    on.define({ Name: 'tick', ScheduleExpression: 'at(2026-01-01T00:30:00)', Target: { Arn: queue('q'), Input: '{}' } });
  /** What runs, and what is there after another hour, where a machine starts on these records. */
  const after = async (records: readonly unknown[], now: number): Promise<unknown> => {
    const later = createGround(createVirtualScheduler({ start: now }));
    sent = [];
    const fresh = create(later);
    define(fresh);
    replayInto(fresh, { ...later, records: records.map((record) => ['schedules', JSON.parse(JSON.stringify(record)) as unknown]) });
    await later.scheduler.run(now + 3_600_000);
    const names = async (operation: string): Promise<string> =>
      JSON.stringify(await fresh.serve(operation, {}), (key, value: unknown) => (key.endsWith('Date') ? undefined : value));
    const listed = await names('ListSchedules');
    return { runs: sent.map(({ to, at }) => [to, at]), listed: [...listed].sort().join(''), groups: await names('ListScheduleGroups') };
  };

  it('replayed, and followed by later records, is what the whole log replayed would be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 20 }), async (acts) => {
        ground = createGround();
        schedules = create();
        define(schedules);
        schedules.resume();
        let compacted: unknown[] = [];
        let from = 0;
        for (const one of acts) {
          const { op, ...input } = one;
          if (op === 'snapshot') [compacted, from] = [[...schedules.snapshot()], ground.records.length];
          else if ('minutes' in one) await pass(one.minutes);
          else await call(op, { ...schedule(), ...input }).catch(() => {});
        }
        const now = ground.scheduler.now();
        const all = ground.records.map(([, record]) => record);
        const whole = await after(all, now);
        expect(await after([...compacted, ...all.slice(from)], now)).toEqual(whole);
        expect(await after([...schedules.snapshot()], now)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });
});
