import { describe, expect, it } from 'vitest';
import { type Functions, ok, openGateway } from './template.ts';

const ask = async (
  method: string,
  path: string,
  {
    headers = ok,
    body,
    functions,
    permits,
  }: { headers?: Record<string, string>; body?: string; functions?: Functions; permits?: boolean } = {},
) => {
  const opened = openGateway(functions, permits);
  const { status, headers: sent, body: bytes } = await opened.gateway.request({ method, path: `/api/orchestration${path}`, headers, body });
  return { ...opened, status, sent, text: bytes.toString(), json: () => JSON.parse(bytes.toString()) as Record<string, unknown> };
};

describe('a REST request', () => {
  it('reaches its function as API Gateway would hand it over', async () => {
    const { status, callsOf } = await ask('GET', '/workflows/gunfire-response?limit=2&limit=3');
    expect(status).toBe(200);
    expect(callsOf('api')[0]).toMatchObject({
      resource: '/orchestration/workflows/{name}',
      path: '/orchestration/workflows/gunfire-response',
      httpMethod: 'GET',
      pathParameters: { name: 'gunfire-response' },
      queryStringParameters: { limit: '3' },
      multiValueQueryStringParameters: { limit: ['2', '3'] },
      headers: { Authorization: 'Bearer ok' },
      body: null,
      isBase64Encoded: false,
      requestContext: {
        path: '/api/orchestration/workflows/gunfire-response',
        stage: 'api',
        resourcePath: '/orchestration/workflows/{name}',
        requestTime: '22/Nov/2026:00:00:00 +0000',
        authorizer: { roles: 'viewer', principalId: 'ann' },
      },
    });
  });

  it('goes to a literal path before one with a variable', async () => {
    const { callsOf } = await ask('GET', '/workflows/own');
    expect(callsOf('api')[0]?.pathParameters).toBeNull();
  });

  it('answers with the status and headers of the function, and with bytes where the caller takes them', async () => {
    const functions: Functions = {
      api: () => ({
        statusCode: 202,
        headers: { 'X-A': 1 },
        multiValueHeaders: { 'Set-Cookie': ['a', 'b'] },
        body: 'aGk=',
        isBase64Encoded: true,
      }),
    };
    const { status, sent, text } = await ask('GET', '/status', { functions, headers: { ...ok, Accept: 'image/png' } });
    expect([status, sent['x-a'], sent['set-cookie'], text]).toEqual([202, '1', ['a', 'b'], 'hi']);
    expect((await ask('GET', '/status', { functions })).text).toBe('aGk=');
  });

  it('with an unknown path names the nearest one', async () => {
    const { status, json, sent } = await ask('GET', '/statsu');
    expect(status).toBe(404);
    expect(sent['content-type']).toBe('application/problem+json');
    expect(json()['detail']).toBe('Nothing is at /api/orchestration/statsu. The nearest is GET /api/orchestration/status.');
  });

  it('with a method the path does not take names those it does', async () => {
    const { status, sent, json } = await ask('DELETE', '/status');
    expect([status, sent['allow'], json()['status']]).toEqual([405, 'GET, OPTIONS, POST', 405]);
  });

  it('outside every API is told where they are', async () => {
    const { status, body } = await openGateway().gateway.request({ method: 'GET', path: '/nothing' });
    expect([status, JSON.parse(body.toString()).detail]).toEqual([
      404,
      'Nothing is at /nothing. REST stands below /api, the channels below /ws/orchestration.',
    ]);
  });

  it.each(['//', '/%', '/api//', '/?', 'http://'])('to the odd target %s finds nothing', async (path) => {
    expect((await openGateway().gateway.request({ method: 'GET', path })).status).toBe(404);
  });

  it('of more than 10 MB is refused before any function', async () => {
    const { status, calls } = await ask('POST', '/status', { body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect([status, calls.length]).toEqual([413, 0]);
  });
});

describe('the authorizer', () => {
  it.each([
    ['no token', {}, 401, 0],
    ['a token of nobody', { Authorization: 'Bearer x' }, 401, 1],
    ['a token without the right', { Authorization: 'Bearer no' }, 403, 1],
    ['trouble of its own', { Authorization: 'Bearer broken' }, 500, 1],
  ])('refuses %s in the words of the template', async (_what, headers: Record<string, string>, status, asked) => {
    const answer = await ask('GET', '/status', { headers });
    expect([answer.status, answer.callsOf('authorizer').length, answer.callsOf('api').length]).toEqual([status, asked, 0]);
    expect(answer.sent['content-type']).toBe('application/problem+json');
    expect(answer.text).not.toContain('keys are gone');
  });

  it('is asked once a minute for one token', async () => {
    const { gateway, callsOf, scheduler } = openGateway();
    const get = () => gateway.request({ method: 'GET', path: '/api/orchestration/status', headers: ok });
    await get();
    await get();
    expect(callsOf('authorizer')).toHaveLength(1);
    await scheduler.run(scheduler.now() + 61_000);
    await get();
    expect(callsOf('authorizer')).toHaveLength(2);
  });

  it('is not asked where the route has none', async () => {
    const { status, callsOf } = await ask('POST', '/status', { headers: {} });
    expect([status, callsOf('authorizer').length]).toEqual([200, 0]);
  });
});

describe('a function behind a route', () => {
  it('that fails is a 502 without its stack', async () => {
    const { status, text, complaints } = await ask('GET', '/status', {
      functions: {
        api: () => {
          throw new Error('secret');
        },
      },
    });
    expect([status, text.includes('secret'), complaints.length]).toEqual([502, false, 1]);
  });

  it.each([['nothing'], [{ statusCode: 'x' }], [{ statusCode: 200, body: {} }], [null]])('that answers %j is a 502', async (payload) => {
    expect((await ask('GET', '/status', { functions: { api: () => payload } })).status).toBe(502);
  });

  it('that takes longer than its integration may is a 504', async () => {
    const { gateway, scheduler } = openGateway({ api: () => new Promise(() => {}) });
    const answer = gateway.request({ method: 'GET', path: '/api/orchestration/status', headers: ok });
    await scheduler.run(scheduler.now() + 20_000);
    expect((await answer).status).toBe(504);
  });

  it('needs a permission for this route', async () => {
    const { status, complaints } = await ask('POST', '/status', { permits: false });
    expect([status, complaints]).toEqual([
      500,
      ['API Gateway may not invoke the function of this route: the template has no permission for it'],
    ]);
  });
});
