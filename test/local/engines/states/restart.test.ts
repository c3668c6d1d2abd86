import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, restarted, tokenOf, waiting } from './bench.ts';

const run = async (b: Bench, name = 'e1'): Promise<string> => {
  const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE, name, input: '{}' });
  return String(executionArn);
};

const historyOf = async (b: Bench, executionArn: string) => (await b.serve('GetExecutionHistory', { executionArn }))['events'];

describe('after a restart', () => {
  it('a waiting task still takes its token, and is not invoked again', async () => {
    const before = bench();
    const executionArn = await run(before);
    await before.scheduler.run();
    const after = restarted(before);
    await after.scheduler.run();
    expect(after.invoked).toHaveLength(0);
    await after.serve('SendTaskSuccess', { taskToken: tokenOf(before), output: '"kept"' });
    expect(await after.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"kept"' });
    expect(after.changes.map(({ detail }) => detail['status'])).toEqual(['SUCCEEDED']);
  });

  it('an invocation that had not returned is made again under the same token', async () => {
    const before = bench();
    before.answer = () => new Promise(() => {});
    await run(before);
    await before.scheduler.run();
    const after = restarted(before);
    await after.scheduler.run();
    expect(after.invoked).toHaveLength(1);
    expect(tokenOf(after)).toBe(tokenOf(before));
  });

  it('a deadline that passed while the machine was down fires at once, one that did not keeps its time', async () => {
    const definition = waiting({ TimeoutSeconds: 60 });
    const before = bench(definition);
    const executionArn = await run(before);
    const begun = before.scheduler.now();
    await before.scheduler.run(() => before.invoked.length > 0);
    const soon = restarted(before, definition, begun + 30_000);
    await soon.scheduler.run(begun + 59_000);
    expect((await soon.serve('DescribeExecution', { executionArn }))['status']).toBe('RUNNING');
    await soon.scheduler.run(begun + 60_000);
    expect(await soon.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    const late = restarted(before, definition, begun + 600_000);
    await late.scheduler.run(begun + 600_001);
    expect(await late.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it.each([
    ['TimeoutSeconds', 'States.Timeout'],
    ['HeartbeatSeconds', 'States.HeartbeatTimeout'],
  ])(
    'a call without a token that is made again has its whole %s again, however long the machine was down, and no more',
    async (limit, error) => {
      const definition = waiting({
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'f' },
        TimeoutSeconds: 90,
        [limit]: 60,
      });
      const before = bench(definition);
      before.answer = () => new Promise(() => {});
      const executionArn = await run(before);
      const begun = before.scheduler.now();
      await before.scheduler.run(() => before.invoked.length > 0);
      const slow = restarted(before, definition, begun + 600_000);
      slow.answer = () => new Promise((resolve) => slow.scheduler.after(50_000, () => resolve({ ok: true, payload: 1 })));
      await slow.scheduler.run(begun + 655_000);
      expect((await slow.serve('DescribeExecution', { executionArn }))['status']).toBe('SUCCEEDED');
      const silent = restarted(before, definition, begun + 600_000);
      silent.answer = () => new Promise(() => {});
      await silent.scheduler.run(begun + 659_999);
      expect((await silent.serve('DescribeExecution', { executionArn }))['status']).toBe('RUNNING');
      await silent.scheduler.run(begun + 660_000);
      expect(await silent.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error });
      const again = restarted(silent, definition, begun + 660_001);
      expect(await again.serve('GetExecutionHistory', { executionArn })).toEqual(
        await silent.serve('GetExecutionHistory', { executionArn }),
      );
    },
  );

  it('a call with a token that is made again keeps the deadline it had', async () => {
    const definition = waiting({ TimeoutSeconds: 60 });
    const before = bench(definition);
    before.answer = () => new Promise(() => {});
    const executionArn = await run(before);
    const begun = before.scheduler.now();
    await before.scheduler.run(() => before.invoked.length > 0);
    const after = restarted(before, definition, begun + 50_000);
    await after.scheduler.run(begun + 60_000);
    expect(after.invoked).toHaveLength(1);
    expect(await after.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('the history of an ended execution is the same, event for event', async () => {
    const before = bench();
    const executionArn = await run(before);
    await before.scheduler.run();
    await before.serve('SendTaskSuccess', { taskToken: tokenOf(before), output: '1' });
    const after = restarted(before);
    const [one, two] = await Promise.all([historyOf(after, executionArn), historyOf(after, executionArn)]);
    expect(one).toEqual(await historyOf(before, executionArn));
    expect(two).toEqual(one);
    expect(after.changes).toEqual([]);
    expect(await after.refused('StartExecution', { stateMachineArn: MACHINE, name: 'e1', input: '{}' })).toBe('ExecutionAlreadyExists');
  });

  it('an execution that ended in the last frame but was not told is told now', async () => {
    const before = bench();
    await run(before);
    await before.scheduler.run();
    await before.serve('SendTaskSuccess', { taskToken: tokenOf(before), output: '1' });
    before.records.pop();
    const after = restarted(before);
    await after.scheduler.run();
    expect(after.changes.map(({ detail }) => detail['status'])).toEqual(['SUCCEEDED']);
  });

  it('a running execution keeps the definition it began with when another is deployed', async () => {
    const before = bench();
    const executionArn = await run(before);
    await before.scheduler.run();
    const other = { QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: { Type: 'Pass', Output: 'new', End: true } } };
    const after = restarted(before, other);
    await after.serve('SendTaskSuccess', { taskToken: tokenOf(before), output: '"old"' });
    expect(await after.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"old"' });
    const fresh = await run(after, 'e2');
    expect(await after.serve('DescribeExecution', { executionArn: fresh })).toMatchObject({ status: 'SUCCEEDED', output: '"new"' });
  });
});
