import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, restarted } from './bench.ts';

const ask = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}', id: '{% $uuid() %}' } },
  Assign: { got: '{% $states.result %}' },
  ...more,
});

const DEFINITION = {
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: {
    First: ask({ Next: 'P', Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }] }),
    P: {
      Type: 'Parallel',
      Branches: ['A', 'B'].map((name) => ({
        StartAt: name,
        States: { [name]: ask({ TimeoutSeconds: 60, Assign: { own: '{% $states.result %}' }, End: true }) },
      })),
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 5, Next: 'Last' },
    Last: ask({ HeartbeatSeconds: 20, Output: '{% {"got": $got, "at": $millis(), "r": $random()} %}', End: true }),
  },
};

const NAMES = ['e1', 'e2', 'e3'];
const arnOf = (name: string): string => `arn:aws:states:us-east-1:000000000000:execution:m:${name}`;

/** A world that answers tokens as its moods say, and redrives what failed. `until` cuts it short. */
const live = async (b: Bench, moods: readonly number[], until?: number): Promise<void> => {
  let turn = 0;
  b.answer = (payload) => {
    const mood = moods[turn % moods.length] ?? 0;
    const { token: taskToken } = payload as { token: string };
    turn += 1;
    if (mood === 1) return { ok: false, error: 'Busy', cause: 'busy' };
    const operation = mood === 2 ? 'SendTaskFailure' : 'SendTaskSuccess';
    if (mood !== 3) b.scheduler.after(mood * 700, () => void b.refused(operation, { taskToken, output: '1', error: 'Boom' }));
    return { ok: true, payload: null };
  };
  for (const name of NAMES) await b.refused('StartExecution', { stateMachineArn: MACHINE, name, input: '{"a":1}' });
  for (const second of [3, 9]) {
    b.scheduler.after(second * 1000, () => {
      for (const name of NAMES) void b.refused('RedriveExecution', { executionArn: arnOf(name) });
    });
  }
  await b.scheduler.run(until);
};

/** All that anybody can see. */
const seen = async (b: Bench): Promise<unknown> =>
  Promise.all([
    b.serve('ListExecutions', { stateMachineArn: MACHINE }),
    b.serve('ListStateMachines', {}),
    ...NAMES.flatMap((name) => [
      b.serve('DescribeExecution', { executionArn: arnOf(name) }).catch((error: Error) => error.name),
      b.serve('GetExecutionHistory', { executionArn: arnOf(name), maxResults: 1000 }).catch((error: Error) => error.name),
    ]),
  ]);

const snapshotOf = (b: Bench): unknown[] => JSON.parse(JSON.stringify([...b.states.snapshot()])) as unknown[];

const MOODS = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });

describe('snapshots', () => {
  it('wherever executions stand, a fresh engine made of the snapshot shows the same and goes on to the same ends as one made of all records', async () => {
    await fc.assert(
      fc.asyncProperty(MOODS, MOODS, fc.nat(20_000), async (moods, later, ms) => {
        const first = bench(DEFINITION);
        await live(first, moods, first.scheduler.now() + ms);
        const snapshot = snapshotOf(first);
        const whole = restarted(first, DEFINITION);
        const brief = bench(DEFINITION, snapshot, first.scheduler.now());
        expect(await seen(brief)).toEqual(await seen(whole));
        expect(snapshotOf(brief)).toEqual(snapshot);
        await live(whole, later);
        await live(brief, later);
        expect(await seen(brief)).toEqual(await seen(whole));
      }),
      { numRuns: 60 },
    );
  });

  it('a snapshot and the records written after it make the state that is there', async () => {
    await fc.assert(
      fc.asyncProperty(MOODS, fc.nat(10_000), fc.nat(10_000), async (moods, ms, more) => {
        const first = bench(DEFINITION);
        await live(first, moods, first.scheduler.now() + ms);
        const snapshot = snapshotOf(first);
        const from = first.records.length;
        await first.scheduler.run(first.scheduler.now() + more);
        const records = [...snapshot, ...first.records.slice(from)];
        const again = bench(DEFINITION, records, first.scheduler.now());
        expect(await seen(again)).toEqual(await seen(first));
      }),
      { numRuns: 60 },
    );
  });

  it('an ended execution is forgotten 90 days after its end, with its name', async () => {
    const b = bench();
    await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
    await b.serve('StopExecution', { executionArn: arnOf('e1') });
    await b.scheduler.run(b.scheduler.now() + 89 * 86_400_000);
    expect(await b.refused('StartExecution', { stateMachineArn: MACHINE, name: 'e1' })).toBe('ExecutionAlreadyExists');
    await b.scheduler.run(b.scheduler.now() + 2 * 86_400_000);
    expect(snapshotOf(b)).toMatchObject([{ kind: 'definition' }]);
    expect(await b.refused('DescribeExecution', { executionArn: arnOf('e1') })).toBe('ExecutionDoesNotExist');
    expect(await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' })).toMatchObject({ executionArn: arnOf('e1') });
  });
});
