import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, restarted, tokenOf, waiting } from './bench.ts';

const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:m:e1';
const DAY = 86_400_000;

const failed = async (): Promise<Bench> => {
  const b = bench();
  await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
  await b.scheduler.run();
  await b.serve('SendTaskFailure', { taskToken: tokenOf(b), error: 'Boom', cause: 'why' });
  return b;
};

const describeIt = (b: Bench) => b.serve('DescribeExecution', { executionArn });

const answerLast = async (b: Bench): Promise<void> => {
  await b.scheduler.run(b.scheduler.now() + 1000);
  await b.serve('SendTaskSuccess', { taskToken: tokenOf(b, -1), output: '"mended"' });
};

describe('redriving', () => {
  it('a failed execution is redriven and succeeds under its own name, and both are told', async () => {
    const b = await failed();
    expect(await describeIt(b)).toMatchObject({ status: 'FAILED', redriveCount: 0, redriveStatus: 'REDRIVABLE' });
    await b.serve('RedriveExecution', { executionArn });
    const running = await describeIt(b);
    expect(running).toMatchObject({ status: 'RUNNING', redriveCount: 1, redriveStatus: 'NOT_REDRIVABLE' });
    expect(running).not.toHaveProperty('stopDate');
    await answerLast(b);
    expect(await describeIt(b)).toMatchObject({ status: 'SUCCEEDED', output: '"mended"', redriveCount: 1 });
    expect(b.changes.map(({ detail }) => [detail['status'], detail['redriveCount']])).toEqual([
      ['RUNNING', 0],
      ['FAILED', 0],
      ['RUNNING', 1],
      ['SUCCEEDED', 1],
    ]);
    expect(b.metered.get('states state transitions')).toBe(3);
    const { events } = (await b.serve('GetExecutionHistory', { executionArn })) as { events: { type: string }[] };
    expect(events.map(({ type }) => type)).toContain('ExecutionRedriven');
  });

  it('the same client token redrives once', async () => {
    const b = await failed();
    const redrive = { executionArn, clientToken: 'c' };
    expect(await b.serve('RedriveExecution', redrive)).toEqual(await b.serve('RedriveExecution', redrive));
    expect(await b.refused('RedriveExecution', { executionArn, clientToken: 'd' })).toBe('ExecutionNotRedrivable');
  });

  it('a redriven execution goes on after a restart', async () => {
    const b = await failed();
    await b.serve('RedriveExecution', { executionArn });
    await b.scheduler.run();
    const after = restarted(b);
    await after.serve('SendTaskSuccess', { taskToken: tokenOf(b, -1), output: '"kept"' });
    expect(await describeIt(after)).toMatchObject({ status: 'SUCCEEDED', output: '"kept"', redriveCount: 1 });
    expect(after.states.running()).toBe(0);
  });

  it('wherever the log ends, a redriven execution ends and has counted its redrives', async () => {
    const definition = waiting({ TimeoutSeconds: 30 });
    const before = bench(definition);
    await before.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
    for (let redrives = 0; redrives < 3; redrives += 1) {
      await before.scheduler.run(before.scheduler.now() + 1000);
      await before.serve('SendTaskFailure', { taskToken: tokenOf(before, -1), error: 'Boom' });
      await before.serve('RedriveExecution', { executionArn });
    }
    await answerLast(before);
    for (let cut = 1; cut <= before.records.length; cut += 1) {
      const after = restarted({ ...before, records: before.records.slice(0, cut) }, definition);
      await after.scheduler.run();
      const redrives = before.records.slice(0, cut).filter((record) => JSON.stringify(record).includes('"redriven"')).length;
      const known = await describeIt(after).catch(() => undefined);
      if (known) expect(known).toMatchObject({ redriveCount: redrives, status: expect.not.stringMatching('RUNNING') });
      expect(after.states.running()).toBe(0);
    }
  });

  it('successes, running executions and those over for a fortnight are not redriven, and it is said why', async () => {
    const b = await failed();
    await b.scheduler.run(b.scheduler.now() + 15 * DAY);
    expect(await describeIt(b)).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrivable period exceeded',
    });
    expect(await b.refused('RedriveExecution', { executionArn })).toBe('ExecutionNotRedrivable');
    const other = bench();
    await other.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
    expect(await other.refused('RedriveExecution', { executionArn })).toBe('ExecutionNotRedrivable');
    await answerLast(other);
    expect(await other.refused('RedriveExecution', { executionArn })).toBe('ExecutionNotRedrivable');
    expect(await other.refused('RedriveExecution', { executionArn: `${executionArn}x` })).toBe('ExecutionDoesNotExist');
  });

  it('lists show those redriven, or those never', async () => {
    const b = await failed();
    await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e2' });
    await b.serve('RedriveExecution', { executionArn });
    const names = async (redriveFilter: string) =>
      ((await b.serve('ListExecutions', { stateMachineArn: MACHINE, redriveFilter })) as { executions: { name: string }[] }).executions.map(
        ({ name }) => name,
      );
    expect([await names('REDRIVEN'), await names('NOT_REDRIVEN')]).toEqual([['e1'], ['e2']]);
  });
});
