import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/kernel/aws-error.ts';
import { bench, MACHINE, ROLE, tokenOf, waiting } from './bench.ts';

const machine = (state: object) => ({ QueryLanguage: 'JSONata', StartAt: 'Do', States: { Do: { Type: 'Task', ...state, End: true } } });

const resultOf = async (b: ReturnType<typeof bench>) => {
  const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE });
  await b.scheduler.run();
  return b.serve('DescribeExecution', { executionArn });
};

describe('integrations', () => {
  it('lambda:invoke gives the shape that AWS gives', async () => {
    const b = bench(
      machine({ Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'step', Payload: { n: '{% 1 + 1 %}' } } }),
    );
    b.answer = (payload) => ({ ok: true, payload });
    const { output } = await resultOf(b);
    expect(JSON.parse(String(output))).toMatchObject({ ExecutedVersion: '$LATEST', StatusCode: 200, Payload: { n: 2 } });
    expect(b.invoked[0]).toMatchObject({ functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:step', principal: ROLE });
  });

  it('a task with Credentials runs as the role they name', async () => {
    const b = bench(
      machine({
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'step', Payload: {} },
        Credentials: { RoleArn: "{% 'arn:aws:iam::000000000000:role/' & 'other' %}" },
      }),
    );
    b.answer = (payload) => ({ ok: true, payload });
    expect(await resultOf(b)).toMatchObject({ status: 'SUCCEEDED' });
    expect(b.invoked[0]).toMatchObject({ principal: 'arn:aws:iam::000000000000:role/other' });
  });

  it('events:putEvents sends details as text, as the machine role', async () => {
    const b = bench(
      machine({
        Resource: 'arn:aws:states:::events:putEvents',
        Arguments: { Entries: [{ Source: 'swoe', DetailType: 't', Detail: { a: 1 } }] },
      }),
    );
    b.reply = () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'x' }] });
    expect(await resultOf(b)).toMatchObject({ status: 'SUCCEEDED' });
    expect(b.called).toEqual([
      {
        principal: ROLE,
        service: 'events',
        operation: 'PutEvents',
        input: { Entries: [{ Source: 'swoe', DetailType: 't', Detail: '{"a":1}' }] },
      },
    ]);
  });

  it('an entry that the bus did not take fails the task', async () => {
    const b = bench(machine({ Resource: 'arn:aws:states:::events:putEvents', Arguments: { Entries: [{ Detail: {} }] } }));
    b.reply = () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
    expect(await resultOf(b)).toMatchObject({ status: 'FAILED', error: 'EventBridge.FailedEntry' });
  });

  it("a table's refusal carries the service's name", async () => {
    const b = bench(machine({ Resource: 'arn:aws:states:::dynamodb:putItem', Arguments: { TableName: 't', Item: {} } }));
    b.reply = () => {
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
    };
    expect(await resultOf(b)).toMatchObject({ status: 'FAILED', error: 'DynamoDB.ConditionalCheckFailedException' });
    expect(b.called[0]).toMatchObject({ service: 'dynamodb', operation: 'PutItem' });
  });

  it('states:startExecution starts a child and goes on', async () => {
    const b = bench(
      machine({ Resource: 'arn:aws:states:::states:startExecution', Arguments: { StateMachineArn: 'x', Name: 'n', Input: { a: 1 } } }),
    );
    b.reply = () => ({ executionArn: 'child', startDate: 1 });
    expect(JSON.parse(String((await resultOf(b))['output']))).toEqual({ ExecutionArn: 'child', StartDate: 1 });
    expect(b.called[0]?.input).toEqual({ stateMachineArn: 'x', name: 'n', input: '{"a":1}' });
  });
});

describe('what waits, and what is called by its SDK name', () => {
  it('sqs:sendMessage sends its body as text', async () => {
    const b = bench(machine({ Resource: 'arn:aws:states:::sqs:sendMessage', Arguments: { QueueUrl: 'q', MessageBody: { a: 1 } } }));
    b.reply = () => ({ MessageId: 'm' });
    expect(await resultOf(b)).toMatchObject({ status: 'SUCCEEDED', output: '{"MessageId":"m"}' });
    expect(b.called).toEqual([
      { principal: ROLE, service: 'sqs', operation: 'SendMessage', input: { QueueUrl: 'q', MessageBody: '{"a":1}' } },
    ]);
  });

  it('a message may carry the token that its task waits for', async () => {
    const b = bench(
      machine({
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}' } },
      }),
    );
    const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE });
    await b.scheduler.run();
    const { token: taskToken } = JSON.parse(String(b.called[0]?.input['MessageBody'])) as { token: string };
    await b.serve('SendTaskSuccess', { taskToken, output: '"yes"' });
    expect(await b.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"yes"' });
  });

  it('aws-sdk calls go to the service that runs here under the operation’s name, and their errors carry the SDK’s', async () => {
    const b = bench(machine({ Resource: 'arn:aws:states:::aws-sdk:dynamodb:query', Arguments: { TableName: 't' } }));
    b.reply = () => ({ Items: [], Count: 0 });
    expect(await resultOf(b)).toMatchObject({ output: '{"Items":[],"Count":0}' });
    expect(b.called[0]).toMatchObject({ service: 'dynamodb', operation: 'Query', input: { TableName: 't' } });
    b.reply = () => {
      throw new AwsError('ResourceNotFoundException', 'no such table');
    };
    expect(await resultOf(b)).toMatchObject({ status: 'FAILED', error: 'DynamoDb.ResourceNotFoundException' });
  });

  it('Step Functions itself is called with PascalCase and answers in it', async () => {
    const b = bench(
      machine({ Resource: 'arn:aws:states:::aws-sdk:sfn:listExecutions', Arguments: { StateMachineArn: 'x', MaxResults: 2 } }),
    );
    b.reply = () => ({ executions: [{ executionArn: 'e' }] });
    expect(await resultOf(b)).toMatchObject({ output: '{"Executions":[{"ExecutionArn":"e"}]}' });
    expect(b.called[0]?.input).toEqual({ stateMachineArn: 'x', maxResults: 2 });
  });
});

describe('children', () => {
  const CHILD = 'arn:aws:states:us-east-1:000000000000:stateMachine:child';
  const child = (definition: object) => ({ name: 'child', definition, roleArn: ROLE });
  const pass = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', Output: { n: 1 }, End: true } } };
  const asking = waiting({ Output: '{% {"n": $states.result} %}' });

  /** A machine whose task starts a child, in a world where calls of Step Functions reach this very engine. */
  const parent = (definition: object, resource = 'startExecution.sync:2', records: readonly unknown[] = []) => {
    const own = machine({ Resource: `arn:aws:states:::states:${resource}`, Arguments: { StateMachineArn: CHILD, Input: { a: 1 } } });
    const b = bench(own, []);
    b.states.define(child(definition));
    for (const record of records) b.states.replay(record);
    b.reply = (_service, operation, input) => b.serve(operation, input);
    if (records.length > 0) b.states.resume();
    return b;
  };

  it('a task that started a child waits for its end and gives its output as data', async () => {
    const { status, output } = await resultOf(parent(pass));
    expect([status, JSON.parse(String(output))]).toMatchObject(['SUCCEEDED', { Status: 'SUCCEEDED', Output: { n: 1 }, Input: { a: 1 } }]);
    const text = await resultOf(parent(pass, 'startExecution.sync'));
    expect(JSON.parse(String(text['output']))).toMatchObject({ Output: '{"n":1}' });
  });

  it('history tells the integration by its whole name', async () => {
    const b = parent(pass);
    const { executionArn } = await resultOf(b);
    const { events } = (await b.serve('GetExecutionHistory', { executionArn })) as { events: Record<string, unknown>[] };
    expect(events.find(({ type }) => type === 'TaskSubmitted')?.['taskSubmittedEventDetails']).toMatchObject({
      resourceType: 'states',
      resource: 'startExecution.sync:2',
    });
  });

  it('a child that fails fails its task with all that is known of it', async () => {
    const { error, cause } = await resultOf(
      parent({ QueryLanguage: 'JSONata', StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Broken', Cause: 'rotor' } } }),
    );
    expect([error, JSON.parse(String(cause))]).toMatchObject(['States.TaskFailed', { Status: 'FAILED', Error: 'Broken', Cause: 'rotor' }]);
  });

  it('a parent goes on waiting over a restart, and its child is started once', async () => {
    const before = parent(asking);
    const { executionArn } = await before.serve('StartExecution', { stateMachineArn: MACHINE, name: 'p' });
    await before.scheduler.run();
    for (let cut = 0; cut <= before.records.length; cut += 1) {
      const after = parent(asking, 'startExecution.sync:2', before.records.slice(0, cut));
      await after.refused('StartExecution', { stateMachineArn: MACHINE, name: 'p' });
      await after.scheduler.run();
      const children = (await after.serve('ListExecutions', { stateMachineArn: CHILD }))['executions'];
      expect(children).toHaveLength(1);
      const taskToken = after.invoked.length > 0 ? tokenOf(after) : tokenOf(before);
      await after.refused('SendTaskSuccess', { taskToken, output: '2' });
      await after.scheduler.run();
      expect(await after.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
    }
  });

  it('a stopped parent stops the child it waits for, and says why', async () => {
    const b = parent(asking);
    const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE });
    await b.scheduler.run();
    await b.serve('StopExecution', { executionArn });
    await b.scheduler.run();
    const { executions } = (await b.serve('ListExecutions', { stateMachineArn: CHILD })) as { executions: { executionArn: string }[] };
    expect(executions).toHaveLength(1);
    expect(await b.serve('DescribeExecution', { executionArn: executions[0]?.executionArn })).toMatchObject({
      status: 'ABORTED',
      cause: `The Task state in AWS Step Functions execution [${executionArn}] which was managing this resource was aborted`,
    });
  });
});
