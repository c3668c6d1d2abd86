import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, tokenOf, waiting } from './bench.ts';

const started = async (definition = waiting()): Promise<{ b: Bench; taskToken: string; executionArn: string }> => {
  const b = bench(definition);
  const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
  await b.scheduler.run(() => b.invoked.length > 0);
  return { b, taskToken: tokenOf(b), executionArn: String(executionArn) };
};

const statusOf = async (b: Bench, executionArn: string) => (await b.serve('DescribeExecution', { executionArn }))['status'];

describe('task tokens', () => {
  it('of two answers at once exactly one is taken', async () => {
    const { b, taskToken } = await started();
    const answers = await Promise.all([
      b.refused('SendTaskSuccess', { taskToken, output: '1' }),
      b.refused('SendTaskFailure', { taskToken, error: 'Late' }),
      b.refused('SendTaskSuccess', { taskToken, output: '2' }),
    ]);
    expect(answers.filter((answer) => answer === 'TaskTimedOut')).toHaveLength(2);
  });

  it('nonsense is an invalid token, a stranger is a task that does not exist, a forged one is invalid', async () => {
    const { b, taskToken } = await started();
    const forge = (change: (text: string) => string) => Buffer.from(change(Buffer.from(taskToken, 'base64').toString())).toString('base64');
    expect(await b.refused('SendTaskSuccess', { taskToken: 'nonsense', output: '1' })).toBe('InvalidToken');
    expect(await b.refused('SendTaskSuccess', { taskToken: forge((t) => t.replace(':e1#', ':e2#')), output: '1' })).toBe(
      'TaskDoesNotExist',
    );
    expect(await b.refused('SendTaskSuccess', { taskToken: forge((t) => `${t.slice(0, -1)}!`), output: '1' })).toBe('InvalidToken');
    expect(await b.refused('SendTaskSuccess', { taskToken, output: '{' })).toBe('InvalidOutput');
  });

  it('an error has 256 characters and a cause 32,768, and one more is refused before the token is taken', async () => {
    const { b, taskToken, executionArn } = await started();
    expect(await b.refused('SendTaskFailure', { taskToken, error: 'e'.repeat(257) })).toBe('ValidationException');
    expect(await b.refused('SendTaskFailure', { taskToken, cause: 'c'.repeat(32_769) })).toBe('ValidationException');
    expect(await b.refused('StopExecution', { executionArn, cause: 'c'.repeat(32_769) })).toBe('ValidationException');
    expect(await statusOf(b, executionArn)).toBe('RUNNING');
    await b.serve('SendTaskFailure', { taskToken, error: 'e'.repeat(256), cause: 'c'.repeat(32_768) });
    expect(await statusOf(b, executionArn)).toBe('FAILED');
  });

  it('heartbeats keep a task alive, silence ends it', async () => {
    const { b, taskToken, executionArn } = await started(waiting({ HeartbeatSeconds: 10 }));
    const begun = b.scheduler.now();
    for (const second of [8, 16, 24]) {
      await b.scheduler.run(begun + second * 1000);
      await b.serve('SendTaskHeartbeat', { taskToken });
    }
    await b.scheduler.run(begun + 33_000);
    expect(await statusOf(b, executionArn)).toBe('RUNNING');
    await b.scheduler.run(begun + 35_000);
    expect(await b.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
    expect(await b.refused('SendTaskHeartbeat', { taskToken })).toBe('TaskTimedOut');
  });

  it('an invocation that fails ends the task under the name of its error', async () => {
    const b = bench();
    const cause = JSON.stringify({ errorType: 'Refused', errorMessage: 'no warrant', trace: [] });
    b.answer = () => ({ ok: false, error: 'Refused', cause });
    const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE });
    await b.scheduler.run();
    expect(await b.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'Refused', cause });
  });

  it('a token may be answered before the invocation that carried it has returned', async () => {
    const b = bench();
    b.answer = async (payload) => {
      await b.serve('SendTaskSuccess', { taskToken: (payload as { token: string }).token, output: '"quick"' });
      return { ok: true, payload: null };
    };
    const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE });
    await b.scheduler.run();
    expect(await b.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"quick"' });
  });
});
