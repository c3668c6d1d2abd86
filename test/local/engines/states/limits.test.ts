import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, tokenOf, waiting } from './bench.ts';

const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:m:e1';
const start = { stateMachineArn: MACHINE, name: 'e1' };

const jsonata = (StartAt: string, States: object) => ({ QueryLanguage: 'JSONata', StartAt, States });

const describeIt = (b: Bench) => b.serve('DescribeExecution', { executionArn });

interface Event {
  id: number;
  type: string;
  [details: string]: unknown;
}

const historyOf = async (b: Bench, more: object = {}): Promise<Event[]> =>
  (await b.serve('GetExecutionHistory', { executionArn, maxResults: 1000, ...more }))['events'] as Event[];

describe('limits', () => {
  it('an execution that goes round for ever fails, and its failure is event 25,000', async () => {
    const b = bench(
      jsonata('A', {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Pass', Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Condition: false, Next: 'D' }], Default: 'A' },
        D: { Type: 'Succeed' },
      }),
    );
    await b.serve('StartExecution', start);
    await b.scheduler.run();
    expect(await describeIt(b)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
      redriveStatusReason: 'Execution history event limit exceeded',
    });
    const [last] = await historyOf(b, { reverseOrder: true, maxResults: 1 });
    expect([last?.id, last?.type]).toEqual([25_000, 'ExecutionFailed']);
  });

  it('a state that says more than 256 KB fails', async () => {
    const b = bench(jsonata('A', { A: { Type: 'Pass', Output: '{% $pad("x", 262145) %}', End: true } }));
    await b.serve('StartExecution', start);
    await b.scheduler.run();
    expect(await describeIt(b)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('an execution ends after a year, whatever still comes for it', async () => {
    const b = bench();
    await b.serve('StartExecution', start);
    await b.scheduler.run(b.scheduler.now() + 366 * 86_400_000);
    await b.refused('SendTaskSuccess', { taskToken: tokenOf(b), output: '1' });
    expect(await describeIt(b)).toMatchObject({
      status: 'TIMED_OUT',
      redriveStatusReason: 'Execution has exceeded the max execution time',
    });
  });

  it('a status change leaves input and output out where they are too long for an event, and says so', async () => {
    const b = bench();
    const long = JSON.stringify('x'.repeat(200_000));
    await b.serve('StartExecution', { ...start, input: long });
    await b.scheduler.run();
    await b.serve('SendTaskSuccess', { taskToken: tokenOf(b), output: long });
    const [running, ended] = b.changes.map(({ detail }) => detail);
    expect(running).toMatchObject({ input: long, inputDetails: { included: true }, output: null, outputDetails: null });
    expect(ended).toMatchObject({ input: null, inputDetails: { included: false }, output: null, outputDetails: { included: false } });
  });
});

describe('what is shown', () => {
  it('a history without execution data names no inputs, outputs or parameters', async () => {
    const b = bench();
    await b.serve('StartExecution', { ...start, input: '{"secret":1}' });
    await b.scheduler.run();
    const events = await historyOf(b, { includeExecutionData: false });
    expect(JSON.stringify(events)).not.toMatch(/secret|FunctionName|inputDetails/);
    expect(events[0]).toMatchObject({ type: 'ExecutionStarted', executionStartedEventDetails: { roleArn: expect.any(String) } });
  });

  it('a description without data says that it has none', async () => {
    const b = bench();
    await b.serve('StartExecution', start);
    const brief = await b.serve('DescribeExecution', { executionArn, includedData: 'METADATA_ONLY' });
    expect(brief).not.toHaveProperty('input');
    expect(brief).toMatchObject({ inputDetails: { included: false } });
  });

  it('a list in pages stays right while executions start', async () => {
    const b = bench();
    for (const name of ['a', 'b', 'c', 'd']) await b.serve('StartExecution', { stateMachineArn: MACHINE, name });
    const list = async (nextToken?: unknown) =>
      (await b.serve('ListExecutions', { stateMachineArn: MACHINE, maxResults: 2, nextToken })) as {
        executions: { name: string }[];
        nextToken?: string;
      };
    const first = await list();
    await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e' });
    const second = await list(first.nextToken);
    expect([...first.executions, ...second.executions].map(({ name }) => name)).toEqual(['d', 'c', 'b', 'a']);
    expect(second.nextToken).toBeUndefined();
    expect(await b.refused('ListExecutions', { stateMachineArn: MACHINE, maxResults: 1001 })).toBe('ValidationException');
  });

  it('histories of ended executions are the same after they were put away', async () => {
    const b = bench(waiting());
    await b.serve('StartExecution', start);
    await b.scheduler.run();
    const before = await historyOf(b);
    await b.serve('SendTaskSuccess', { taskToken: tokenOf(b), output: '1' });
    const after = await historyOf(b);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(await historyOf(b)).toEqual(after);
  });
});
