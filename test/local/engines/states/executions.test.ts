import { describe, expect, it } from 'vitest';
import { bench, MACHINE, ROLE, tokenOf, waiting } from './bench.ts';

const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:m:e1';
const start = { stateMachineArn: MACHINE, name: 'e1', input: '{"a":1}' };

describe('executions', () => {
  it('an execution invokes as the machine role, waits for its token and succeeds with what the token brought', async () => {
    const b = bench();
    expect(await b.serve('StartExecution', start)).toEqual({ executionArn: EXECUTION, startDate: Date.UTC(2026, 0, 1) / 1000 });
    await b.scheduler.run();
    expect(b.invoked).toHaveLength(1);
    expect(b.invoked[0]?.principal).toBe(ROLE);
    const taskToken = tokenOf(b);
    await b.serve('SendTaskSuccess', { taskToken, output: '{"ok":true}' });
    const described = await b.serve('DescribeExecution', { executionArn: EXECUTION });
    expect(described).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":true}', input: '{"a":1}', name: 'e1' });
    const { events } = (await b.serve('GetExecutionHistory', { executionArn: EXECUTION })) as {
      events: { type: string; timestamp: number }[];
    };
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[0]?.timestamp).toBe(Date.UTC(2026, 0, 1) / 1000);
    expect(b.metered.get('states state transitions')).toBe(2);
  });

  it('both status changes are told in the shape of the event on the default bus', async () => {
    const b = bench();
    await b.serve('StartExecution', start);
    await b.scheduler.run();
    await b.serve('SendTaskFailure', { taskToken: tokenOf(b), error: 'Broken', cause: 'rotor' });
    expect(b.changes.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'FAILED']);
    expect(b.changes[1]).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      resources: [EXECUTION],
      detail: {
        executionArn: EXECUTION,
        stateMachineArn: MACHINE,
        name: 'e1',
        input: '{"a":1}',
        output: null,
        error: 'Broken',
        cause: 'rotor',
      },
    });
  });

  it('a name with the same input joins a running execution and is refused in every other case', async () => {
    const b = bench();
    const first = await b.serve('StartExecution', start);
    expect(await b.serve('StartExecution', start)).toEqual(first);
    expect(await b.refused('StartExecution', { ...start, input: '{"a":2}' })).toBe('ExecutionAlreadyExists');
    await b.serve('StopExecution', { executionArn: EXECUTION });
    expect(await b.refused('StartExecution', start)).toBe('ExecutionAlreadyExists');
  });

  it('what AWS refuses at the door is refused under its name', async () => {
    const b = bench();
    expect(await b.refused('StartExecution', { stateMachineArn: `${MACHINE}x` })).toBe('StateMachineDoesNotExist');
    expect(await b.refused('StartExecution', { ...start, name: 'a b' })).toBe('InvalidName');
    expect(await b.refused('StartExecution', { ...start, input: '{' })).toBe('InvalidExecutionInput');
    expect(await b.refused('StartExecution', { ...start, input: JSON.stringify('x'.repeat(262_144)) })).toBe('ValidationException');
    expect(await b.refused('DescribeExecution', { executionArn: EXECUTION })).toBe('ExecutionDoesNotExist');
    expect(await b.refused('Unheard', {})).toBe('UnknownOperationException');
  });

  it('a stopped execution is ABORTED with the error and cause it was given, and its token is worth nothing', async () => {
    const b = bench();
    await b.serve('StartExecution', start);
    await b.scheduler.run();
    await b.serve('StopExecution', { executionArn: EXECUTION, error: 'Merged', cause: 'into another incident' });
    expect(await b.serve('DescribeExecution', { executionArn: EXECUTION })).toMatchObject({
      status: 'ABORTED',
      error: 'Merged',
      cause: 'into another incident',
    });
    expect(await b.refused('SendTaskSuccess', { taskToken: tokenOf(b), output: '{}' })).toBe('TaskTimedOut');
  });

  it('history comes in pages, forwards and backwards', async () => {
    const b = bench();
    await b.serve('StartExecution', start);
    const page = (await b.serve('GetExecutionHistory', { executionArn: EXECUTION, maxResults: 3 })) as {
      events: { id: number }[];
      nextToken?: string;
    };
    expect(page.events.map(({ id }) => id)).toEqual([1, 2, 3]);
    const rest = (await b.serve('GetExecutionHistory', {
      executionArn: EXECUTION,
      maxResults: 3,
      nextToken: page.nextToken,
    })) as typeof page;
    expect(rest.events.map(({ id }) => id)).toEqual([4]);
    expect(rest.nextToken).toBeUndefined();
    const back = (await b.serve('GetExecutionHistory', { executionArn: EXECUTION, reverseOrder: true })) as typeof page;
    expect(back.events.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
  });

  it('executions are listed newest first and by status', async () => {
    const b = bench();
    for (const name of ['a', 'b', 'c']) await b.serve('StartExecution', { stateMachineArn: MACHINE, name });
    await b.serve('StopExecution', { executionArn: EXECUTION.replace('e1', 'b') });
    const names = async (more: object) =>
      ((await b.serve('ListExecutions', { stateMachineArn: MACHINE, ...more })) as { executions: { name: string }[] }).executions.map(
        ({ name }) => name,
      );
    expect(await names({})).toEqual(['c', 'b', 'a']);
    expect(await names({ statusFilter: 'RUNNING' })).toEqual(['c', 'a']);
  });

  it('a definition that AWS or this machine would refuse is not deployed, and every complaint is named', () => {
    const b = bench();
    const define = (definition: object) => () => b.states.define({ name: 'x', definition, roleArn: ROLE });
    expect(define({ ...waiting(), StartAt: 'Nowhere' })).toThrow(/MISSING_TRANSITION_TARGET: .* at \/StartAt/);
    expect(define({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } })).toThrow(/JSONata only/);
    expect(define(waiting({ Resource: 'arn:aws:states:::sns:publish' }))).toThrow(/does not do arn:aws:states:::sns:publish/);
  });

  it('a machine describes itself, and a bad definition is diagnosed without being deployed', async () => {
    const b = bench();
    expect(await b.serve('DescribeStateMachine', { stateMachineArn: MACHINE })).toMatchObject({
      name: 'm',
      roleArn: ROLE,
      type: 'STANDARD',
    });
    expect((await b.serve('ListStateMachines', {}))['stateMachines']).toHaveLength(1);
    expect(await b.serve('ValidateStateMachineDefinition', { definition: '{' })).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ code: 'INVALID_JSON_DESCRIPTION' }],
    });
  });
});
