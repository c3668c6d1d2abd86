import { describe, expect, it } from 'vitest';
import { rebuild } from '../../../statemachines/interpret/rebuild.ts';
import { jsonata, outputOf, type Play, play, task, typesOf } from './play.ts';

/** Fails so many times, then gives its arguments. */
const failing =
  (times: number, error = 'Boom') =>
  (attempt: number) =>
    attempt <= times ? { error, cause: 'why' } : { output: `done at attempt ${attempt}` };

const redrive = async (made: Play): Promise<void> => {
  made.driven.send({ kind: 'redriven' });
  await made.driven.idle();
  await made.scheduler.run();
};

const since = (made: Play, type: string): string[] => typesOf(made).slice(typesOf(made).lastIndexOf(type));

/** A redriven execution, like any other, is its inputs. */
const agreesWithItsInputs = async (made: Play): Promise<void> => {
  const again = await rebuild(made.machine, made.started, JSON.parse(JSON.stringify(made.inputs)));
  expect(again.history).toEqual(made.execution.history);
};

const branch = (name: string, more: object = {}) => ({ StartAt: name, States: { [name]: task(more) } });

describe('redrive', () => {
  it('a failed task is scheduled again with the same input and variables, and what came before is not done again', async () => {
    const made = await play(
      jsonata({
        First: task({ End: undefined, Next: 'Second', Assign: { v: 7 }, Output: 'in' }),
        Second: task({ Arguments: { FunctionName: 'f', Payload: '{% [$v, $states.input] %}' } }),
      }),
      { tasks: { Second: failing(1) } },
    );
    expect(made.execution.status).toBe('FAILED');
    const before = made.orders.length;
    await redrive(made);
    expect(made.execution.status).toBe('SUCCEEDED');
    expect(made.orders.slice(before).map(({ arguments: given }) => (given as { Payload: unknown }).Payload)).toEqual([[7, 'in']]);
    expect(since(made, 'ExecutionRedriven')).toEqual([
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    await agreesWithItsInputs(made);
  });

  it('only the branches that failed or were cut off are done again', async () => {
    const made = await play(jsonata({ P: { Type: 'Parallel', Branches: [branch('Good'), branch('Bad'), branch('Slow')], End: true } }), {
      tasks: { Good: () => ({ output: 'good' }), Bad: failing(1), Slow: (attempt) => ({ output: `slow ${attempt}`, after: 60_000 }) },
    });
    const before = made.orders.length;
    await redrive(made);
    expect(made.orders).toHaveLength(before + 2);
    expect(outputOf(made)).toEqual(['good', 'done at attempt 2', 'slow 2']);
    await agreesWithItsInputs(made);
  });

  it('only the iterations that failed are done again, and those not begun are begun', async () => {
    const each = {
      Type: 'Map',
      Items: [1, 2, 3, 4],
      MaxConcurrency: 1,
      ItemProcessor: branch('One', { Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' } }),
      End: true,
    };
    let broken = true;
    const made = await play(jsonata({ Each: each }), {
      tasks: {
        One: (_attempt, { arguments: given }) => {
          const { Payload } = given as { Payload: number };
          return Payload === 3 && broken ? { error: 'Boom' } : { output: Payload * 10 };
        },
      },
    });
    expect(made.orders).toHaveLength(3);
    broken = false;
    await redrive(made);
    expect(made.orders).toHaveLength(5);
    expect(outputOf(made)).toEqual([10, 20, 30, 40]);
    await agreesWithItsInputs(made);
  });

  it('a Parallel whose own output failed is done again as a whole', async () => {
    const made = await play(jsonata({ P: { Type: 'Parallel', Branches: [branch('A')], Output: '{% $error("no") %}', End: true } }), {});
    await redrive(made);
    expect(made.orders).toHaveLength(2);
    expect(made.execution.status).toBe('FAILED');
  });

  it('retries count from nothing, and the machine has its whole timeout again', async () => {
    const made = await play(
      jsonata({ A: task({ Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1, IntervalSeconds: 30 }] }) }, { TimeoutSeconds: 40 }),
      { tasks: { A: failing(3) } },
    );
    expect(made.execution.status).toBe('FAILED');
    await made.scheduler.run(made.scheduler.now() + 3_600_000);
    await redrive(made);
    expect(made.execution.status).toBe('SUCCEEDED');
    await agreesWithItsInputs(made);
  });

  it('an execution that timed out or was stopped goes on where it stood', async () => {
    const silentOnce = (attempt: number) => (attempt === 1 ? ('silence' as const) : { output: 'late' });
    const timedOut = await play(jsonata({ A: task() }, { TimeoutSeconds: 5 }), { tasks: { A: silentOnce } });
    expect(timedOut.execution.status).toBe('TIMED_OUT');
    await redrive(timedOut);
    expect(outputOf(timedOut)).toBe('late');
    const stopped = await play(jsonata({ A: task() }), { tasks: { A: silentOnce } });
    stopped.driven.send({ kind: 'stopped' });
    await stopped.driven.idle();
    await redrive(stopped);
    expect(outputOf(stopped)).toBe('late');
    await agreesWithItsInputs(stopped);
  });

  it('a Fail state fails again, the context tells the redrive, and a success takes none', async () => {
    const failed = await play(jsonata({ F: { Type: 'Fail', Error: 'E', Cause: '{% $string($states.context.Execution.RedriveCount) %}' } }));
    await redrive(failed);
    expect([failed.execution.status, failed.execution.cause]).toEqual(['FAILED', '1']);
    const good = await play(jsonata({ A: task() }));
    const events = typesOf(good).length;
    await redrive(good);
    expect(typesOf(good)).toHaveLength(events);
  });
});
