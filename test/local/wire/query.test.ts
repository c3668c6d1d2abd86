import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/kernel/aws-error.ts';
import type { Call } from '../../../local/kernel/engine.ts';
import { openWire } from './ground.ts';

const VERSION = '2012-11-05';
const asking = async (fields: Record<string, string>, output: Record<string, unknown> = {}, path = '/') => {
  let asked: unknown[] = [];
  const call: Call = async (...given) => {
    asked = given;
    return output;
  };
  const answer = await openWire(call).form({ Version: VERSION, ...fields }, {}, path);
  return { ...answer, service: asked[1], operation: asked[2], input: asked[3] };
};

describe('SQS in the query protocol', () => {
  it('reads lists, maps and numbers of the form', async () => {
    const { service, operation, input } = await asking({
      Action: 'ReceiveMessage',
      QueueUrl: 'http://127.0.0.1:4566/000000000000/q',
      'AttributeName.1': 'All',
      'AttributeName.2': 'SentTimestamp',
      'MessageAttributeName.1': 'k',
      MaxNumberOfMessages: '10',
      WaitTimeSeconds: '0',
    });
    expect([service, operation]).toEqual(['sqs', 'ReceiveMessage']);
    expect(input).toEqual({
      QueueUrl: 'http://127.0.0.1:4566/000000000000/q',
      AttributeNames: ['All', 'SentTimestamp'],
      MessageAttributeNames: ['k'],
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
    });
  });

  it('reads the entries of a batch in the order of their numbers, each with its attributes', async () => {
    const entry = 'SendMessageBatchRequestEntry';
    const { input } = await asking({
      Action: 'SendMessageBatch',
      [`${entry}.10.Id`]: 'last',
      [`${entry}.2.Id`]: 'b',
      [`${entry}.2.DelaySeconds`]: '5',
      [`${entry}.2.MessageAttribute.1.Name`]: 'k',
      [`${entry}.2.MessageAttribute.1.Value.DataType`]: 'String',
      [`${entry}.2.MessageAttribute.1.Value.StringValue`]: 'v',
    });
    expect(input).toEqual({
      Entries: [{ Id: 'b', DelaySeconds: 5, MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } } }, { Id: 'last' }],
    });
  });

  it('may name the queue by the path', async () => {
    expect((await asking({ Action: 'PurgeQueue' }, {}, '/000000000000/q')).input).toEqual({ QueueUrl: '/000000000000/q' });
  });

  it('writes messages with their attributes, and text that XML would mistake', async () => {
    const { status, headers, text } = await asking(
      { Action: 'ReceiveMessage' },
      {
        Messages: [
          {
            MessageId: '1',
            Body: 'a<b>&"c"\r',
            Attributes: { SentTimestamp: '5' },
            MessageAttributes: { k: { DataType: 'Binary', BinaryValue: Buffer.from('x') } },
          },
        ],
      },
    );
    expect([status, headers['content-type']]).toEqual([200, 'text/xml']);
    expect(text).toContain('<Message><MessageId>1</MessageId><Body>a&lt;b&gt;&amp;&quot;c&quot;&#xD;</Body>');
    expect(text).toContain('<Attribute><Name>SentTimestamp</Name><Value>5</Value></Attribute>');
    expect(text).toContain(
      '<MessageAttribute><Name>k</Name><Value><DataType>Binary</DataType><BinaryValue>eA==</BinaryValue></Value></MessageAttribute>',
    );
    expect(text).toContain(`<RequestId>${headers['x-amzn-requestid']}</RequestId>`);
  });

  it('writes what failed in a batch beside what did not', async () => {
    const { text } = await asking(
      { Action: 'SendMessageBatch' },
      { Successful: [{ Id: 'a', MessageId: 'm' }], Failed: [{ Id: 'b', Code: 'InvalidParameterValue', SenderFault: true }] },
    );
    expect(text).toContain('<SendMessageBatchResultEntry><Id>a</Id><MessageId>m</MessageId></SendMessageBatchResultEntry>');
    expect(text).toContain('<BatchResultErrorEntry><Id>b</Id><Code>InvalidParameterValue</Code><SenderFault>true</SenderFault>');
  });

  it.each([
    ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', 400],
    ['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid', 400],
    ['AccessDeniedException', 'AccessDenied', 403],
    ['UnknownOperationException', 'InvalidAction', 400],
  ])('calls %s %s', async (name, code, status) => {
    const call: Call = () => Promise.reject(new AwsError(name, 'no <good>'));
    const answer = await openWire(call).form({ Action: 'SendMessage', Version: VERSION });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`<Error><Type>Sender</Type><Code>${code}</Code><Message>no &lt;good&gt;</Message></Error>`);
  });
});

const never: Call = () => expect.unreachable();

describe('services that read the template', () => {
  const read = async (Version: string, Action: string, more: Record<string, string> = {}) =>
    (await openWire(never).form({ Version, Action, ...more })).text;

  it('CloudFormation tells stacks, resources and exports', async () => {
    const version = '2010-05-15';
    expect(await read(version, 'DescribeStacks')).toContain('<OutputKey>Url</OutputKey><OutputValue>https://x/?a=1&amp;b=2</OutputValue>');
    expect(await read(version, 'ListStackResources', { StackName: 'app' })).toContain('<PhysicalResourceId>trigger</PhysicalResourceId>');
    expect(await read(version, 'ListExports')).toContain('<Name>app:Table</Name><Value>events</Value>');
    expect(await read(version, 'DescribeStacks', { StackName: 'other' })).toContain('Stack with id other does not exist; there are app');
  });

  it('IAM tells roles and what they may', async () => {
    const version = '2010-05-08';
    expect(await read(version, 'ListRoles')).toContain('<Arn>arn:aws:iam::000000000000:role/ingest</Arn>');
    expect(await read(version, 'ListAttachedRolePolicies', { RoleName: 'ingest' })).toContain('<PolicyArn>arn:policy/ingest</PolicyArn>');
    expect(await read(version, 'GetPolicyVersion', { PolicyArn: 'arn:policy/ingest' })).toContain(
      encodeURIComponent('{"Statement":[{"Action":"sqs:*"}]}'),
    );
    expect(await read(version, 'GetRole', { RoleName: 'x' })).toContain('<Code>NoSuchEntity</Code>');
    expect(await read(version, 'CreateRole')).toContain('CreateRole of iam is not served here. This endpoint serves EventBridge');
  });
});
