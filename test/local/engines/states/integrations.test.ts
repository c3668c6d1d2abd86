import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../local/kernel/aws-error.ts';
import { bench, MACHINE, ROLE } from './bench.ts';

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
