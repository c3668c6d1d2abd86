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
    const answer = (): Promise<string> =>
      mood === 2 ? b.refused('SendTaskFailure', { taskToken, error: 'Boom' }) : b.refused('SendTaskSuccess', { taskToken, output: '1' });
    if (mood !== 3) b.scheduler.after(mood * 500, () => void answer());
    return { ok: true, payload: null };
  };
  for (const name of NAMES) await b.refused('StartExecution', { stateMachineArn: MACHINE, name, input: '{}' });
  await b.scheduler.run();
};

const endsIn = (records: readonly unknown[]): string[] =>
  records.flatMap((record) => {
    const { kind, execution } = record as { kind: string; execution: string };
    return kind === 'end' ? [execution] : [];
  });

const toldBy = ({ changes }: Bench): string[] =>
  changes.filter(({ detail }) => detail['status'] !== 'RUNNING').map(({ resources }) => String(resources[0]));

describe('crashes', () => {
  it('wherever the log ends, every execution ends once, and is told of unless its end was recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 }), fc.nat(1000), async (moods, cut) => {
        const before = bench(DEFINITION);
        await work(before, moods);
        before.records.length = cut % (before.records.length + 1);
        const known = endsIn(before.records);
        const after = restarted(before, DEFINITION);
        await work(after, moods);
        const ends = endsIn(after.records);
        expect(new Set(ends).size).toBe(NAMES.length);
        expect(ends).toHaveLength(NAMES.length);
        expect([...known, ...toldBy(after)].sort()).toEqual([...ends].sort());
      }),
      { numRuns: 60 },
    );
  });
});
