import { describe, expect, it } from 'vitest';
import { periodOf } from '../../../../local/engines/gateway/rest/usage.ts';
import { createBucket, rateOf } from '../../../../local/engines/gateway/throttle.ts';
import { type Functions, ok, openGateway, policy } from './template.ts';

type Opened = ReturnType<typeof openGateway>;
const REST = '/api/orchestration';

const asker =
  ({ gateway }: Opened) =>
  async (method: string, path: string, headers: Record<string, string> = ok, body?: string) => {
    const answer = await gateway.request({ method, path: `${REST}${path}`, headers, body });
    return { ...answer, text: answer.body.toString() };
  };

describe('a token bucket', () => {
  it('lets a burst through, then the rate', () => {
    const bucket = createBucket({ perSecond: 10, burst: 2 });
    expect([bucket(0), bucket(0), bucket(0), bucket(100), bucket(100), bucket(1000), bucket(1000), bucket(1000)]).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('is none where nothing is set, or -1', () => {
    expect([rateOf(undefined, undefined), rateOf(-1, -1), rateOf(5, undefined)]).toEqual([
      undefined,
      undefined,
      { perSecond: 5, burst: 5000 },
    ]);
  });

  it('of a quota begins anew with the day, the week on Sunday, the month', () => {
    const [saturday, sunday] = [Date.UTC(2026, 10, 21, 23), Date.UTC(2026, 10, 22)];
    const crosses = (period: 'DAY' | 'WEEK' | 'MONTH') => periodOf(sunday, period) - periodOf(saturday, period);
    expect([crosses('DAY'), crosses('WEEK'), crosses('MONTH')]).toEqual([1, 1, 0]);
  });
});

describe('the validator', () => {
  const post = (body: string, headers: Record<string, string> = ok) => asker(openGateway())('POST', '/orders?dry=1', headers, body);

  it('refuses a body that is not its model, in the words of the template', async () => {
    const { status, text } = await post('{"count":"many"}');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({
      title: 'Wrong',
      errors: [
        {
          path: 'body',
          message:
            '[object has missing required properties (["name"]), instance type (string) does not match any allowed primitive type (allowed: ["integer"])]',
        },
      ],
    });
  });

  it.each([
    ['', '[instance type (null) does not match any allowed primitive type (allowed: ["object"])]'],
    ['{', '[the body is not JSON]'],
  ])('refuses the body "%s"', async (body, message) => {
    expect(JSON.parse((await post(body)).text).errors[0].message).toBe(message);
  });

  it('lets a right body through, and one of a media type that has no model', async () => {
    expect((await post('{"name":"a"}')).status).toBe(200);
    expect((await post('name=a', { ...ok, 'Content-Type': 'text/plain' })).status).toBe(200);
  });

  it('refuses a request without its required parameter', async () => {
    const { status, text, headers } = await asker(openGateway())('POST', '/orders', ok, '{"name":"a"}');
    expect([status, JSON.parse(text), headers['x-amzn-errortype']]).toEqual([
      400,
      { message: 'Missing required request parameters: [dry]' },
      'BadRequestException',
    ]);
  });

  it('is not reached by whoever is not let in', async () => {
    expect((await asker(openGateway())('POST', '/orders', {}, '{')).status).toBe(401);
  });
});

describe('rates', () => {
  it('of the stage hold for each method by itself', async () => {
    const opened = openGateway();
    const ask = asker(opened);
    const many = async (method: string, path: string) => {
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) statuses.push((await ask(method, path)).status);
      return statuses;
    };
    expect(await many('GET', '/workflows/own')).toEqual([200, 200, 200, 429]);
    expect(await many('GET', '/workflows/x')).toEqual([200, 200, 200, 200]);
    await opened.scheduler.run(opened.scheduler.now() + 1000);
    expect((await ask('GET', '/workflows/own')).status).toBe(200);
  });

  const keyed = (key: string): Functions => ({ authorizer: () => ({ ...policy('Allow'), usageIdentifierKey: key }) });

  it('of a usage plan hold for each key, and its quota after them', async () => {
    const opened = openGateway(keyed('key-of-the-busy'));
    const ask = asker(opened);
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await ask('GET', '/metered')).status);
    expect(statuses).toEqual([200, 200, 429, 429, 429]);
    await opened.scheduler.run(opened.scheduler.now() + 10_000);
    expect((await ask('GET', '/metered')).status).toBe(200);
    const over = await ask('GET', '/metered');
    expect([over.status, over.headers['x-amzn-errortype'], over.text]).toEqual([
      429,
      'LimitExceededException',
      '{"message":"Limit Exceeded"}',
    ]);
    await opened.scheduler.run(opened.scheduler.now() + 86_400_000);
    expect((await ask('GET', '/metered')).status).toBe(200);
  });

  it.each([
    ['an unknown key', 'none'],
    ['no key', ''],
  ])('with %s nothing metered opens', async (_what, key) => {
    const { status, headers } = await asker(openGateway(keyed(key)))('GET', '/metered');
    expect([status, headers['x-amzn-errortype']]).toEqual([403, 'ForbiddenException']);
  });

  it('tells the function nothing of the key', async () => {
    const opened = openGateway(keyed('key-of-the-busy'));
    await asker(opened)('GET', '/metered');
    expect(opened.callsOf('api')[0]?.requestContext.authorizer).not.toHaveProperty('usageIdentifierKey');
  });
});

describe('other things of a stage', () => {
  it('a preflight is answered by its MOCK', async () => {
    const { status, headers, text } = await asker(openGateway())('OPTIONS', '/status', {});
    expect([status, text, headers['access-control-allow-origin'], headers['access-control-allow-methods']]).toEqual([
      204,
      '',
      '*',
      'GET,POST',
    ]);
  });

  it('its variables reach function and authorizer', async () => {
    const opened = openGateway();
    await asker(opened)('GET', '/status');
    expect(opened.callsOf('api')[0]?.stageVariables).toEqual({ colour: 'blue' });
    expect(opened.callsOf('authorizer')[0]?.stageVariables).toEqual({ colour: 'blue' });
  });

  it('its access log has a line for each request, refused ones too', async () => {
    const opened = openGateway();
    await asker(opened)('GET', '/status');
    await asker(opened)('GET', '/status', {});
    await asker(opened)('GET', '/nowhere');
    expect(opened.accesses).toEqual([
      { method: 'GET', path: '/orchestration/status', status: '200', user: '-' },
      { method: 'GET', path: '/orchestration/status', status: '401', user: '-' },
      { method: 'GET', path: '-', status: '404', user: '-' },
    ]);
  });

  it('bytes go in and out as base64', async () => {
    const opened = openGateway();
    await asker(opened)('POST', '/status', { 'Content-Type': 'image/png' }, 'hi');
    expect(opened.callsOf('api')[0]).toMatchObject({ body: 'aGk=', isBase64Encoded: true });
  });

  it('more than 10,240 bytes of headers are 431, more than 10 MB of answer 502', async () => {
    expect((await asker(openGateway())('GET', '/status', { ...ok, 'X-Long': 'x'.repeat(10_240) })).status).toBe(431);
    const functions: Functions = { api: () => ({ statusCode: 200, body: 'x'.repeat(10 * 1024 * 1024 + 1) }) };
    expect((await asker(openGateway(functions))('GET', '/status')).status).toBe(502);
  });
});

describe('authorizers', () => {
  it('a TOKEN authorizer is handed the token alone, and not one that looks wrong', async () => {
    const opened = openGateway({ authorizer: () => policy('Allow') });
    const ask = asker(opened);
    expect((await ask('GET', '/token', { 'X-Token': 'good-1' })).status).toBe(200);
    expect(opened.callsOf('authorizer')[0]).toMatchObject({ type: 'TOKEN', authorizationToken: 'good-1' });
    expect(opened.callsOf('authorizer')[0]).not.toHaveProperty('headers');
    expect((await ask('GET', '/token', { 'X-Token': 'bad' })).status).toBe(401);
    expect(opened.callsOf('authorizer')).toHaveLength(1);
  });

  it('an answer that is kept is weighed anew for each method', async () => {
    const opened = openGateway({ authorizer: () => policy('Allow', '*/GET/orchestration/status') });
    const ask = asker(opened);
    expect([(await ask('GET', '/status')).status, (await ask('GET', '/workflows/x')).status]).toEqual([200, 403]);
    expect(opened.callsOf('authorizer')).toHaveLength(1);
  });

  it('what they say reaches the function as strings', async () => {
    const opened = openGateway({ authorizer: () => ({ ...policy('Allow'), context: { level: 3, sworn: true } }) });
    await asker(opened)('GET', '/status');
    expect(opened.callsOf('api')[0]?.requestContext.authorizer).toEqual({
      level: '3',
      sworn: 'true',
      principalId: 'ann',
      integrationLatency: 0,
    });
  });

  it.each([
    ['no policy', { principalId: 'ann' }],
    ['nobody', { ...policy('Allow'), principalId: undefined }],
    ['a context that is no string', { ...policy('Allow'), context: { roles: ['a'] } }],
    ['nothing', null],
  ])('that answer with %s are misconfigured', async (_what, answer) => {
    const opened = openGateway({ authorizer: () => answer });
    expect((await asker(opened)('GET', '/status')).status).toBe(500);
    expect(opened.complaints).toEqual(['The authorizer answered what is no policy']);
  });
});
