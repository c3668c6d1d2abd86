import { describe, expect, it } from 'vitest';
import { delayOf } from '../../../statemachines/interpret/recover.ts';
import { BEGIN, jsonata, outputOf, play, task, typesOf } from './play.ts';

const broken = (error: string) => () => ({ error, cause: 'why' });

describe('retry', () => {
  it('intervals grow by the backoff rate, stop at the cap, and jitter draws from nothing to the whole', () => {
    const retrier = { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 };
    expect([1, 2, 3].map((attempt) => delayOf(retrier, attempt, () => 0.5))).toEqual([2000, 6000, 10_000]);
    expect(delayOf({ ...retrier, JitterStrategy: 'FULL' }, 2, () => 0.5)).toBe(3000);
    expect(delayOf({ ErrorEquals: ['x'] }, 3, () => 0.5)).toBe(4000);
  });

  it('a task is tried again at its intervals, each time as a new task, and told its count', async () => {
    const definition = jsonata({
      A: task({
        Arguments: { FunctionName: 'f', Payload: { count: '{% $states.context.State.RetryCount %}' } },
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 2 }],
      }),
    });
    const made = await play(definition, { tasks: { A: (attempt) => (attempt < 3 ? { error: 'Busy' } : { output: 'done' }) } });
    expect(outputOf(made)).toBe('done');
    expect(made.scheduler.now() - BEGIN).toBe(3000);
    expect(made.orders.map(({ arguments: given }) => (given as { Payload: { count: number } }).Payload.count)).toEqual([0, 1, 2]);
    expect(new Set(made.orders.map(({ task: number }) => number)).size).toBe(3);
    expect(typesOf(made).filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
    expect(typesOf(made).filter((type) => type === 'TaskScheduled')).toHaveLength(3);
  });

  it('retriers count for themselves, and when one is used up the error is final', async () => {
    const Retry = [
      { ErrorEquals: ['A'], MaxAttempts: 1 },
      { ErrorEquals: ['B'], MaxAttempts: 1 },
    ];
    const errors = ['A', 'B', 'A'];
    const { execution, orders } = await play(jsonata({ S: task({ Retry }) }), {
      tasks: { S: (attempt) => ({ error: errors[attempt - 1] ?? 'C' }) },
    });
    expect(orders).toHaveLength(3);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'A' });
  });
});

describe('catch', () => {
  const caught = (errors: string[]) => [
    { ErrorEquals: errors, Next: 'Rescue', Output: '{% $states.errorOutput %}', Assign: { seen: '{% $states.errorOutput.Error %}' } },
  ];
  const machine = (more: object) =>
    jsonata({ A: task(more), Rescue: { Type: 'Pass', Output: { seen: '{% $seen %}', was: '{% $states.input %}' }, End: true } });

  it('the error is the output, and Assign of the Catch alone takes effect', async () => {
    const made = await play(machine({ Catch: caught(['Boom']), Assign: { seen: 'never' } }), { tasks: { A: broken('Boom') } });
    expect(outputOf(made)).toEqual({ seen: 'Boom', was: { Error: 'Boom', Cause: 'why' } });
    expect(typesOf(made)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('States.TaskFailed covers every failure but timeouts, States.Timeout covers heartbeats too', async () => {
    const silent = { tasks: { A: () => 'silence' as const } };
    expect((await play(machine({ Catch: caught(['States.TaskFailed']) }), { tasks: { A: broken('Any') } })).execution.status).toBe(
      'SUCCEEDED',
    );
    expect((await play(machine({ Catch: caught(['States.TaskFailed']), TimeoutSeconds: 5 }), silent)).execution.error).toBe(
      'States.Timeout',
    );
    expect((await play(machine({ Catch: caught(['States.Timeout']), HeartbeatSeconds: 5 }), silent)).execution.status).toBe('SUCCEEDED');
  });

  it('a failed evaluation can be caught, and says where and what', async () => {
    const made = await play(machine({ Arguments: '{% $states.input.nothing %}', Catch: caught(['States.QueryEvaluationError']) }));
    expect(outputOf(made)).toMatchObject({ seen: 'States.QueryEvaluationError' });
    expect(made.execution.history[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: {
        state: 'A',
        location: 'Arguments',
        error: 'States.QueryEvaluationError',
        cause:
          "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression '$states.input.nothing' specified for the field 'Arguments' returned nothing (undefined).",
      },
    });
  });

  it('a result over 256 KiB ends the run: States.ALL does not cover it', async () => {
    const { execution } = await play(machine({ Catch: caught(['States.ALL']) }), { tasks: { A: () => ({ output: 'x'.repeat(262_144) }) } });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(execution.cause).toContain('size exceeding the maximum number of bytes service limit');
  });

  it("an error in the Catch's own expression is final", async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Rescue', Output: '{% $nothing %}' }];
    const { execution } = await play(machine({ Catch }), { tasks: { A: broken('Boom') } });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});
