import { request as httpRequest } from 'node:http';
import { ApiGatewayManagementApiClient, GetConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/kernel/aws-error.ts';
import type { Call } from '../../../local/kernel/engine.ts';
import { close, listen } from '../../../local/kernel/listen.ts';
import { serveWire } from '../../../local/wire/index.ts';
import { LOCAL, openWire as open } from './ground.ts';

const never: Call = () => expect.unreachable();

describe('the AWS endpoint', () => {
  it('calls as the local user what X-Amz-Target names', async () => {
    const { post } = open(async (...asked) => ({ asked }));
    const { status, headers, text } = await post({ 'x-amz-target': 'AWSEvents.PutEvents' }, '{"Entries":[]}');
    expect([status, headers['content-type']]).toEqual([200, 'application/x-amz-json-1.1']);
    expect(headers['x-amzn-requestid']).toBeTruthy();
    expect(JSON.parse(text).asked).toEqual([LOCAL, 'events', 'PutEvents', { Entries: [] }]);
  });

  it('writes times as epoch seconds and bytes as base64', async () => {
    const { post } = open(async () => ({ startDate: new Date(1500), Item: { b: { B: new Uint8Array([1, 2]) } }, n: Buffer.from('x') }));
    const { text } = await post({ 'x-amz-target': 'AWSStepFunctions.DescribeExecution' }, '{}');
    expect(JSON.parse(text)).toEqual({ startDate: 1.5, Item: { b: { B: 'AQI=' } }, n: 'eA==' });
  });

  it.each([['{bad'], ['[]'], ['null'], ['"x"']])('answers the body %s with SerializationException', async (body) => {
    const { status, headers, text } = await open(never).post({ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, body);
    expect([status, headers['x-amzn-errortype']]).toEqual([400, 'SerializationException']);
    expect(JSON.parse(text).__type).toBe('com.amazonaws.dynamodb.v20120810#SerializationException');
  });

  it('refuses a body larger than any service takes', async () => {
    const { status, text } = await open(never).post({ 'x-amz-target': 'AWSEvents.PutEvents' }, undefined);
    expect([status, JSON.parse(text).message]).toEqual([400, 'A request may have 16 MB']);
  });

  it('names an error of the caller and keeps its members', async () => {
    const { post } = open(() =>
      Promise.reject(new AwsError('TransactionCanceledException', 'no', { CancellationReasons: [{ Code: 'None' }] })),
    );
    const { status, text } = await post({ 'x-amz-target': 'DynamoDB_20120810.TransactWriteItems' }, '{}');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ message: 'no', CancellationReasons: [{ Code: 'None' }] });
  });

  it('tells nobody the text of an error of ours, but the log', async () => {
    const { post, complaints } = open(() => Promise.reject(new Error('secret')));
    const { status, text } = await post({ 'x-amz-target': 'AmazonSQS.SendMessage' }, '{}');
    expect([status, text.includes('secret'), complaints.length]).toEqual([500, false, 1]);
  });

  it('says who one is, as every tool asks first', async () => {
    const { status, text } = await open(never).post({}, 'Action=GetCallerIdentity&Version=2011-06-15');
    expect(status).toBe(200);
    expect(text).toContain(`<Arn>${LOCAL}</Arn>`);
  });

  it.each([
    ['another service', { 'x-amz-target': 'Kinesis_20131202.ListStreams' }, '{}', 'Kinesis_20131202.ListStreams is not served here'],
    ['the query protocol of another service', {}, 'Action=ListTopics&Version=2010-03-31', 'ListTopics of unknown is not served here'],
    ['nothing known', {}, '<xml/>', 'This request is not served here'],
  ])('answers %s with what it does speak', async (_what, headers: Record<string, string>, body, sentence) => {
    const { status, text } = await open(never).post(headers, body);
    expect([status, text]).toEqual([400, expect.stringContaining(sentence)]);
  });
});

describe('over a socket', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const serve = async (call: Call) => {
    const { wire, complaints } = open(call);
    const server = serveWire(wire);
    const port = await listen(server, 0, 'the AWS endpoint', 'SWOE_AWS_PORT');
    stops.push(() => close(server));
    return {
      port,
      complaints,
      config: {
        endpoint: `http://127.0.0.1:${port}`,
        region: 'us-east-1',
        credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
        maxAttempts: 1,
      },
    };
  };

  it('the SDK of each service understands answers and errors', async () => {
    const { config } = await serve(async (_principal, service, operation, input) => {
      if (service === 'dynamodb') return { Item: { a: { B: new Uint8Array([7]) } } };
      if (service === 'states') return { executionArn: input['executionArn'], status: 'RUNNING', startDate: new Date(5000) };
      if (service === 'sqs') throw new AwsError('QueueDoesNotExist', 'There is no such queue');
      throw new AwsError('AccessDeniedException', `${operation} is not for you`);
    });
    const { Item } = await new DynamoDBClient(config).send(new GetItemCommand({ TableName: 't', Key: { a: { S: 'x' } } }));
    expect(Item?.['a']?.B).toEqual(new Uint8Array([7]));
    const { startDate } = await new SFNClient(config).send(new DescribeExecutionCommand({ executionArn: 'arn' }));
    expect(startDate).toEqual(new Date(5000));
    await expect(new SQSClient(config).send(new ReceiveMessageCommand({ QueueUrl: `${config.endpoint}/q` }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await expect(new EventBridgeClient(config).send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'PutEvents is not for you',
    });
  });

  it('the SDK of @connections finds its connection below the stage', async () => {
    const at = new Date('2026-11-22T00:00:00Z');
    const { config } = await serve(async (_principal, service, operation, { ConnectionId }) => {
      if (operation === 'GetConnection') return { ConnectedAt: at, Identity: { SourceIp: service, UserAgent: ConnectionId } };
      throw new AwsError('GoneException', 'It went');
    });
    const client = new ApiGatewayManagementApiClient({ ...config, endpoint: `${config.endpoint}/events` });
    expect(await client.send(new GetConnectionCommand({ ConnectionId: 'abc=' }))).toMatchObject({
      ConnectedAt: at,
      Identity: { SourceIp: 'execute-api https://ws.execute-api.us-east-1.amazonaws.com/events', UserAgent: 'abc=' },
    });
    await expect(client.send(new PostToConnectionCommand({ ConnectionId: 'abc=', Data: 'x' }))).rejects.toMatchObject({
      name: 'GoneException',
    });
  });

  it('an answer that is lost hangs up, the SDK tries again, and no error is logged', async () => {
    let asked = 0;
    const { config, complaints } = await serve(async () => {
      asked += 1;
      if (asked > 1) return { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] };
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    });
    const once = new EventBridgeClient(config).send(new PutEventsCommand({ Entries: [] }));
    await expect(once).rejects.toMatchObject({ code: 'ECONNRESET' });
    asked = 0;
    const client = new EventBridgeClient({ ...config, maxAttempts: 2 });
    expect(await client.send(new PutEventsCommand({ Entries: [] }))).toMatchObject({ Entries: [{ EventId: 'e' }] });
    expect(complaints).toEqual([]);
  });

  it('a taken port is one clear sentence', async () => {
    const { port } = await serve(never);
    await expect(serve(never).then(() => listen(serveWire(open(never).wire), port, 'the AWS endpoint', 'SWOE_AWS_PORT'))).rejects.toThrow(
      `Port ${port} for the AWS endpoint is taken by another process: choose another with SWOE_AWS_PORT.`,
    );
  });

  it('a caller that hangs up in the middle harms nobody', async () => {
    const { port, config } = await serve(async () => ({ FailedEntryCount: 0, Entries: [] }));
    await new Promise<void>((resolve) => {
      const request = httpRequest({ port, method: 'POST', headers: { 'content-length': 100, 'x-amz-target': 'AWSEvents.PutEvents' } });
      request.on('error', () => resolve());
      request.write('{');
      request.on('socket', (socket) => socket.on('connect', () => request.destroy(new Error('gone'))));
    });
    await expect(new EventBridgeClient(config).send(new PutEventsCommand({ Entries: [] }))).resolves.toMatchObject({ FailedEntryCount: 0 });
  });
});
