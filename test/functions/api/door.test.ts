import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/api/handler.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { api } from './ground.ts';

const event = { specversion: '1.0', id: 'e1', source: 'gunshot_detection', type: 'gunshot.detected', data: {} };
const problem = (status: number, name: string) => ({
  status,
  type: 'application/problem+json',
  body: expect.objectContaining({ type: `urn:swoe:problem:${name}`, status, title: expect.any(String), detail: expect.any(String) }),
});

describe('who may', () => {
  test('no authorizer before us means nobody', async () => {
    const { door } = api();
    const { statusCode, headers } = await door({ httpMethod: 'GET', path: '/orchestration/status' });
    expect([statusCode, headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  test.each(endpoints.map(({ method, path, operation, roles }) => [operation, method, path, roles] as const))(
    '%s is refused to a person in no role, by naming the roles',
    async (_, method, path, roles) => {
      const { ask } = api();
      const answer = await ask(method, path.replace(/\{.+\}/, 'x'), { roles: [], body: {} });
      expect(answer).toEqual(problem(403, 'forbidden'));
      expect(answer.body['detail']).toContain(roles.join(', '));
    },
  );

  test('a viewer may look and not act', async () => {
    const { get, post } = api();
    expect((await get('/status', { roles: ['viewer'] })).status).toBe(200);
    expect((await post('/events/ingest', event, { roles: ['viewer'] })).status).toBe(403);
    expect((await post('/workflow/execute', {}, { roles: ['admin'] })).status).toBe(403);
  });
});

describe('what fits', () => {
  test('an unknown path is told what there is', async () => {
    const { get } = api();
    const answer = await get('/nonsense');
    expect(answer).toEqual(problem(404, 'not-found'));
    expect(answer.body['detail']).toContain('GET /api/orchestration/status');
  });

  test('a known path with another method is told which', async () => {
    const { ask } = api();
    expect(await ask('DELETE', '/approvals/x')).toEqual(problem(405, 'method-not-allowed'));
  });

  test('the public path works as well as the one below the stage', async () => {
    const { door } = api();
    const requestContext = { authorizer: { sub: 'ada', roles: 'viewer', agency: 'rbpd' } };
    const answers = ['/api/orchestration/workflows/', '/orchestration/workflows'].map((path) =>
      door({ httpMethod: 'GET', path, requestContext }),
    );
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  });

  test('what API Gateway found itself is taken as found', async () => {
    const { door } = api();
    const answer = await door({
      httpMethod: 'GET',
      path: '/orchestration/workflows/anything',
      resource: '/orchestration/workflows/{name}',
      pathParameters: { name: 'gunfire%2Dresponse' },
      requestContext: { authorizer: { sub: 'ada', roles: 'viewer', agency: 'rbpd' } },
    });
    expect([answer.statusCode, JSON.parse(answer.body).name]).toEqual([200, 'gunfire-response']);
  });

  test.each([
    ['no body', '', 'body'],
    ['bad JSON', '{"id":', 'body'],
    ['a list', '[]', 'body'],
    ['a number', '7', 'body'],
    ['null', 'null', 'body'],
    ['an unknown source', JSON.stringify({ ...event, source: 'my_garage' }), 'source'],
    ['coordinates outside the earth', JSON.stringify({ ...event, data: { location: { lat: 91, lon: 0 } } }), 'data.location.lat'],
    ['a longitude outside the earth', JSON.stringify({ ...event, data: { location: { lat: 1, lon: -181 } } }), 'data.location.lon'],
    ['a time in year 9999', JSON.stringify({ ...event, time: '9999-12-31T23:59:59Z' }), 'time'],
    ['a time more than a day ahead', JSON.stringify({ ...event, time: '2026-11-23T17:00:01Z' }), 'time'],
    ['a time that is none', JSON.stringify({ ...event, time: 'yesterday' }), 'time'],
    ['a type in capitals', JSON.stringify({ ...event, type: 'GUNSHOT' }), 'type'],
    ['no id', JSON.stringify({ ...event, id: undefined }), 'id'],
    ['a confidence over 1', JSON.stringify({ ...event, data: { confidence: 1.5 } }), 'data.confidence'],
    ['a priority that is none', JSON.stringify({ ...event, data: { priority: 'URGENT' } }), 'data.priority'],
    ['a body nested without end', `{"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'data'],
    ['a number too small to be kept', JSON.stringify({ ...event, data: { location: { lat: 1e-200, lon: 0 } } }), 'data.location.lat'],
    ['a number without end', '{"data":{"rounds":[1e999]}}', 'data.rounds.0'],
  ])('%s is refused by naming the field', async (_, text, path) => {
    const { ask, told } = api();
    const answer = await ask('POST', '/events/ingest', { text });
    expect(answer).toEqual(problem(400, 'invalid-request'));
    expect(answer.body.errors?.map((error) => error.path)).toContain(path);
    expect(told).toEqual([]);
  });

  test('an event may say any number that has an end where it is kept as text', async () => {
    const { ask, told } = api();
    const data = { nanoseconds: 2 ** 61, tiny: 1e-200, huge: 1e300 };
    const answer = await ask('POST', '/events/ingest', { text: JSON.stringify({ ...event, data }) });
    expect(answer.status).toBe(202);
    expect(told).toMatchObject([{ detail: { data } }]);
  });

  test('a body over 128 KB is too large, one of 128 KB is not', async () => {
    const { ask } = api();
    const withSize = (bytes: number) => {
      const bare = JSON.stringify({ ...event, data: { pad: '' } });
      return JSON.stringify({ ...event, data: { pad: 'x'.repeat(bytes - bare.length) } });
    };
    expect(await ask('POST', '/events/ingest', { text: withSize(128 * 1024 + 1) })).toEqual(problem(413, 'too-large'));
    expect((await ask('POST', '/events/ingest', { text: withSize(128 * 1024) })).status).toBe(202);
  });

  test.each([{ limit: '0' }, { limit: '201' }, { limit: 'ten' }])('a limit of %o is refused', async (query) => {
    const { get } = api();
    expect((await get('/events/history', { query })).body.errors).toEqual([{ path: 'limit', message: expect.any(String) }]);
  });

  test.each([
    'nonsense',
    '%%%',
    Buffer.from('{"day":"2026-13-01"}').toString('base64url'),
    Buffer.from('{"pk":{"S":1}}').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('the cursor %j is the caller’s mistake in every list', async (cursor) => {
    const { get } = api();
    for (const path of ['/events/history', '/events/fused', '/events/dead-letters', '/resources', '/audit']) {
      const answer = await get(path, { query: { cursor } });
      expect([path, answer.status, answer.body.errors?.[0]?.path]).toEqual([path, 400, 'cursor']);
    }
  });

  test('a base64 body is read', async () => {
    const { door } = api();
    const requestContext = { authorizer: { sub: 'ada', roles: 'dispatcher', agency: 'rbpd' } };
    const body = Buffer.from(JSON.stringify(event)).toString('base64');
    expect(
      (await door({ httpMethod: 'POST', path: '/orchestration/events/ingest', body, isBase64Encoded: true, requestContext })).statusCode,
    ).toBe(202);
  });
});

describe('what fails', () => {
  test.each([
    ['ThrottlingException', 503, 'unavailable'],
    ['ResourceNotFoundException', 500, 'internal'],
  ])('a table’s %s is answered %i without a word of why', async (error, status, name) => {
    const ground = api();
    const broken = create({
      ...ground.runtime,
      aws: () => Promise.reject(Object.assign(new Error('secret detail of table swoe-dev-executions'), { name: error })),
    });
    const answer = await broken({
      httpMethod: 'GET',
      path: '/orchestration/status',
      requestContext: { requestId: 'r-9', authorizer: { sub: 'ada', roles: 'viewer', agency: 'rbpd' } },
    });
    expect([answer.statusCode, JSON.parse(answer.body).type]).toEqual([status, `urn:swoe:problem:${name}`]);
    expect(answer.body).not.toMatch(/secret|at .+\.ts/);
    expect(ground.lines).toContainEqual(expect.objectContaining({ line: 'invocation.failed', requestId: 'r-9' }));
  });
});
