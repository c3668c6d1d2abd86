import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, restarted } from './bench.ts';

const ASK = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
  TimeoutSeconds: 60,
  Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
  End: true,
};

const DEFINITION = {
  QueryLanguage: 'JSONata',
  StartAt: 'P',
  States: {
    P: {
      Type: 'Parallel',
      Branches: ['A', 'B'].map((name) => ({ StartAt: name, States: { [name]: ASK } })),
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Undo' }],
      Next: 'Done',
    },
    Undo: { Type: 'Wait', Seconds: 5, End: true },
    Done: { Type: 'Succeed' },
  },
};

const NAMES = ['e1', 'e2', 'e3'];

/** A world that answers some tokens, fails some and forgets some, by the numbers it is given. */
const work = async (b: Bench, moods: readonly number[]): Promise<void> => {
  let turn = 0;
  b.answer = (payload) => {
    const mood = moods[turn % moods.length] ?? 0;
    const { token: taskToken } = payload as { token: string };
    turn += 1;
    if (mood === 1) return { ok: false, error: 'Busy', cause: 'busy' };
    const answer =
      mood === 2
        ? (['SendTaskFailure', { taskToken, error: 'Boom' }] as const)
        : (['SendTaskSuccess', { taskToken, output: '1' }] as const);
    if (mood !== 3) b.scheduler.after(mood * 500, () => void b.refused(...answer));
    return { ok: true, payload: null };
  };
  for (const name of NAMES) await b.refused('StartExecution', { stateMachineArn: MACHINE, name, input: '{}' });
  await b.scheduler.run();
};

const finalOf = ({ changes }: Bench): string[] =>
  changes.filter(({ detail }) => detail['status'] !== 'RUNNING').map(({ resources }) => String(resources[0]));

describe('crashes', () => {
  it('wherever the log ends, every execution it knows of ends, and its end is told at least once and recorded exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 }), fc.nat(1000), async (moods, cut) => {
        const before = bench(DEFINITION);
        await work(before, moods);
        const length = cut % (before.records.length + 1);
        const told = finalOf(before);
        before.records.length = length;
        const after = restarted(before, DEFINITION);
        await work(after, moods);
        const { executions } = (await after.serve('ListExecutions', { stateMachineArn: MACHINE })) as { executions: { status: string }[] };
        expect(executions).toHaveLength(NAMES.length);
        expect(executions.filter(({ status }) => status === 'RUNNING')).toEqual([]);
        const ends = after.records
          .filter((record) => (record as { kind: string }).kind === 'end')
          .map((record) => (record as { execution: string }).execution);
        expect(ends.length).toBe(new Set(ends).size);
        expect(new Set([...told, ...finalOf(after)]).size).toBe(NAMES.length);
      }),
      { numRuns: 60 },
    );
  });
});
