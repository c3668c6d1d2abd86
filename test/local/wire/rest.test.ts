import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/kernel/aws-error.ts';
import type { Call } from '../../../local/kernel/engine.ts';
import { openWire } from './ground.ts';

const asking = async (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '',
  output: Record<string, unknown> = {},
) => {
  let asked: unknown[] = [];
  const call: Call = async (...given) => {
    asked = given;
    return output;
  };
  return { ...(await openWire(call).ask(method, path, headers, body)), asked: asked.slice(1) };
};

describe('Lambda', () => {
  const path = '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Asweep/invocations';
  const output = {
    StatusCode: 200,
    FunctionError: 'Unhandled',
    LogResult: 'bG9n',
    ExecutedVersion: '$LATEST',
    Payload: Buffer.from('{"a":1}'),
  };

  it('is invoked with the body as it is, and answers in headers and body', async () => {
    const answer = await asking('POST', path, { 'x-amz-invocation-type': 'RequestResponse', 'x-amz-log-type': 'Tail' }, '{"x":1}', output);
    expect(answer.asked).toEqual([
      'lambda',
      'Invoke',
      {
        FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:sweep',
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
        Payload: Buffer.from('{"x":1}'),
      },
    ]);
    expect([answer.status, answer.text]).toEqual([200, '{"a":1}']);
    expect(answer.headers).toMatchObject({
      'x-amz-function-error': 'Unhandled',
      'x-amz-log-result': 'bG9n',
      'x-amz-executed-version': '$LATEST',
    });
  });

  it('answers with the status of an event, and with the error of what is not there', async () => {
    expect((await asking('POST', path, {}, '', { StatusCode: 202 })).status).toBe(202);
    const call: Call = () => Promise.reject(new AwsError('ResourceNotFoundException', 'Function not found'));
    const { status, headers, text } = await openWire(call).ask('POST', path);
    expect([status, headers['x-amzn-errortype'], JSON.parse(text)]).toEqual([
      404,
      'ResourceNotFoundException',
      { Type: 'User', message: 'Function not found', Message: 'Function not found' },
    ]);
  });

  it('lists mappings by the query', async () => {
    const { asked } = await asking('GET', '/2015-03-31/event-source-mappings/?FunctionName=publish&MaxItems=5');
    expect(asked).toEqual(['lambda', 'ListEventSourceMappings', { FunctionName: 'publish', MaxItems: '5' }]);
  });
});

describe('EventBridge Scheduler', () => {
  it('takes the name from the path, the rest from the body or the query', async () => {
    expect((await asking('POST', '/schedules/s', {}, '{"State":"ENABLED"}')).asked).toEqual([
      'scheduler',
      'CreateSchedule',
      { Name: 's', State: 'ENABLED' },
    ]);
    expect((await asking('DELETE', '/schedules/s?groupName=g&clientToken=t')).asked).toEqual([
      'scheduler',
      'DeleteSchedule',
      { Name: 's', GroupName: 'g', ClientToken: 't' },
    ]);
  });
});

describe('@connections', () => {
  const SERVICE = 'execute-api https://ws.execute-api.us-east-1.amazonaws.com/events';

  it.each([
    ['/events/@connections/abc%3D', {}],
    ['/events/%40connections/abc%3D', { host: 'ws.execute-api.us-east-1.amazonaws.com' }],
  ])('posts to %s', async (path, headers: Record<string, string>) => {
    const { status, asked, text } = await asking('POST', path, headers, 'hello');
    expect([status, text]).toEqual([200, '']);
    expect(asked).toEqual([SERVICE, 'PostToConnection', { Stage: 'events', ConnectionId: 'abc=', Data: Buffer.from('hello') }]);
  });

  it('shows a connection in the names of its API, and deletes one with 204', async () => {
    const at = new Date('2026-11-22T00:00:00Z');
    const { text } = await asking('GET', '/events/@connections/a', {}, '', {
      ConnectedAt: at,
      LastActiveAt: at,
      Identity: { SourceIp: '::1', UserAgent: 'ws' },
    });
    expect(JSON.parse(text)).toEqual({
      connectedAt: at.toISOString(),
      lastActiveAt: at.toISOString(),
      identity: { sourceIp: '::1', userAgent: 'ws' },
    });
    expect((await asking('DELETE', '/events/@connections/a')).status).toBe(204);
  });

  it.each([
    ['GoneException', 410, 'GoneException'],
    ['AccessDeniedException', 403, 'ForbiddenException'],
    ['PayloadTooLargeException', 413, 'PayloadTooLargeException'],
  ])('answers %s with %i', async (name, status, type) => {
    const call: Call = () => Promise.reject(new AwsError(name, 'no'));
    const answer = await openWire(call).ask('POST', '/events/@connections/a', {}, 'x');
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, type]);
  });
});

const never: Call = () => expect.unreachable();

describe('what is only read', () => {
  it('API Gateway shows its APIs and their resources as its API does', async () => {
    const { ask } = openWire(never);
    expect(JSON.parse((await ask('GET', '/restapis')).text).item).toEqual([
      expect.objectContaining({ id: 'rest', name: 'api', tags: { a: 'b' } }),
    ]);
    expect(JSON.parse((await ask('GET', '/restapis/rest/resources')).text).item[1]).toMatchObject({
      path: '/status',
      resourceMethods: { GET: { httpMethod: 'GET' } },
    });
    expect((await ask('GET', '/restapis/none')).status).toBe(404);
  });

  it('CloudWatch Logs has what functions said last, by words', async () => {
    const { post, lines } = openWire(never);
    lines.add('trigger', { message: 'one' });
    lines.add('trigger', { message: 'two' });
    const filter = (input: object) =>
      post({ 'x-amz-target': 'Logs_20140328.FilterLogEvents' }, JSON.stringify(input)).then(({ text }) => JSON.parse(text));
    expect(await filter({ logGroupName: '/aws/lambda/trigger', filterPattern: 'two' })).toMatchObject({
      events: [{ message: '{"message":"two"}' }],
    });
    expect((await filter({ logGroupName: '/aws/lambda/none' })).__type).toBe('ResourceNotFoundException');
  });

  it.each([
    ['GET', '/', 's3', '<Error><Code>NotImplemented</Code><Message>GET / of s3 is not served here.'],
    ['GET', '/v1/pipes', 'pipes', '"message":"GET /v1/pipes of pipes is not served here.'],
  ])('%s %s of %s is refused in its own shape', async (method, path, service, told) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=x/20261122/us-east-1/${service}/aws4_request`;
    expect((await openWire(never).ask(method, path, { authorization })).text).toContain(told);
  });

  it('CBOR is refused in CBOR', async () => {
    const { headers, text } = await openWire(never).ask('POST', '/service/X/operation/Y', { 'smithy-protocol': 'rpc-v2-cbor' });
    expect(headers['content-type']).toBe('application/cbor');
    expect(text).toContain('/service/X/operation/Y is not served here');
  });
});
