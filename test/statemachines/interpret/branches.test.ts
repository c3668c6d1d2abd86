import { describe, expect, it } from 'vitest';
import { BEGIN, jsonata, outputOf, play, task, typesOf } from './play.ts';

const line = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });

describe('Parallel', () => {
  it('results come in the order of the branches, whichever ends first', async () => {
    const made = await play(jsonata({ P: { Type: 'Parallel', Branches: [line('Slow', task()), line('Fast', task())], End: true } }), {
      tasks: { Slow: () => ({ output: 'slow', after: 5000 }), Fast: () => ({ output: 'fast' }) },
    });
    expect(outputOf(made)).toEqual(['slow', 'fast']);
    expect(typesOf(made).at(2)).toBe('ParallelStateStarted');
    expect(typesOf(made).slice(-3)).toEqual(['ParallelStateSucceeded', 'ParallelStateExited', 'ExecutionSucceeded']);
  });

  it('branches get Arguments, read outer variables, and lose their own at their end', async () => {
    const made = await play(
      jsonata({
        A: { Type: 'Pass', Assign: { outer: 1 }, Next: 'P' },
        P: {
          Type: 'Parallel',
          Arguments: { n: '{% $outer + 1 %}' },
          Branches: [
            {
              StartAt: 'B',
              States: {
                B: pass({ Assign: { own: '{% $states.input.n + $outer %}' }, End: undefined, Next: 'C' }),
                C: pass({ Output: '{% $own %}' }),
              },
            },
            line('D', pass({ Output: '{% [$outer, $exists($own)] %}' })),
          ],
          Output: { result: '{% $states.result %}', own: '{% $exists($own) %}' },
          End: true,
        },
      }),
    );
    expect(outputOf(made)).toEqual({ result: [3, [1, false]], own: false });
  });

  it('a failed branch cancels its siblings, tells it, and its error is the state’s', async () => {
    const made = await play(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [
            line('Bad', task()),
            line('Long', task({ TimeoutSeconds: 900 })),
            line('Nap', { Type: 'Wait', Seconds: 900, End: true }),
          ],
          Catch: [{ ErrorEquals: ['Boom'], Next: 'R' }],
          Next: 'R',
        },
        R: pass(),
      }),
      { tasks: { Bad: () => ({ error: 'Boom', cause: 'rotor', after: 1000 }), Long: () => 'silence' } },
    );
    expect(outputOf(made)).toEqual({ Error: 'Boom', Cause: 'rotor' });
    expect(made.scheduler.now() - BEGIN).toBe(1000);
    expect(made.cancelled).toEqual([made.orders[1]?.task]);
    expect(typesOf(made).slice(-9)).toEqual([
      'TaskFailed',
      'TaskStateAborted',
      'TaskStateAborted',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('a retried Parallel starts all its branches again', async () => {
    const made = await play(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [line('A', task()), line('B', task())],
          Retry: [{ ErrorEquals: ['States.BranchFailed'] }],
          End: true,
        },
      }),
      { tasks: { A: (attempt) => (attempt === 1 ? { error: 'Once' } : { output: 'a' }), B: () => ({ output: 'b' }) } },
    );
    expect(outputOf(made)).toEqual(['a', 'b']);
    expect(made.orders).toHaveLength(4);
  });

  it('each event knows the one before it in its own branch', async () => {
    const { execution } = await play(jsonata({ P: { Type: 'Parallel', Branches: [line('A', pass()), line('B', pass())], End: true } }));
    const started = execution.history.find(({ type }) => type === 'ParallelStateStarted');
    const entered = execution.history.filter(({ type }) => type === 'PassStateEntered');
    expect(entered.map(({ previousEventId }) => previousEventId)).toEqual([started?.id, started?.id]);
  });
});

describe('Map', () => {
  const map = (more: object = {}, inner: object = task({ Arguments: '{% $states.input %}' })) =>
    jsonata({ M: { Type: 'Map', Items: '{% $states.input.items %}', ItemProcessor: line('I', inner), End: true, ...more } });

  it('no more than MaxConcurrency iterations run at once, and results keep their places', async () => {
    const made = await play(map({ MaxConcurrency: 2 }), {
      input: { items: [3, 1, 2] },
      tasks: { I: (_, order) => ({ output: Number(order.arguments) * 10, after: Number(order.arguments) * 1000 }) },
    });
    expect(outputOf(made)).toEqual([30, 10, 20]);
    expect(made.scheduler.now() - BEGIN).toBe(3000);
    expect(typesOf(made).filter((type) => type.startsWith('MapIteration'))).toEqual([
      'MapIterationStarted',
      'MapIterationStarted',
      'MapIterationSucceeded',
      'MapIterationStarted',
      'MapIterationSucceeded',
      'MapIterationSucceeded',
    ]);
  });

  it('ItemSelector and the states inside see the item and its index', async () => {
    const made = await play(
      map(
        { ItemSelector: { v: '{% $states.context.Map.Item.Value %}' } },
        pass({ Output: '{% $string($states.context.Map.Item.Index) & $states.input.v %}' }),
      ),
      { input: { items: ['a', 'b'] } },
    );
    expect(outputOf(made)).toEqual(['0a', '1b']);
  });

  it('a failed iteration fails the Map with its own error and aborts the others', async () => {
    const made = await play(map(), {
      input: { items: [0, 1] },
      tasks: { I: (_, order) => (order.arguments === 0 ? { error: 'Boom', after: 10 } : 'silence') },
    });
    expect(made.execution).toMatchObject({ status: 'FAILED', error: 'Boom' });
    expect(typesOf(made).slice(-7)).toEqual([
      'TaskFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapIterationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('as many failures as tolerated are let pass, one more is the threshold exceeded', async () => {
    const tasks = { I: (_: number, order: { arguments: unknown }) => (Number(order.arguments) < 2 ? { error: 'Boom' } : { output: 'ok' }) };
    const run = (ToleratedFailureCount: number) => play(map({ ToleratedFailureCount }), { input: { items: [0, 1, 2] }, tasks });
    expect(outputOf(await run(2))).toEqual([{ Error: 'Boom' }, { Error: 'Boom' }, 'ok']);
    expect((await run(1)).execution).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('no items, no iterations', async () => {
    const made = await play(map(), { input: { items: [] } });
    expect(outputOf(made)).toEqual([]);
    expect(typesOf(made)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });
});
