import { describe, expect, test } from 'vitest';
import { etagOf, stillStands } from '../../../functions/api/etag.ts';
import { type Api, api, withExecution } from './ground.ts';

const getting =
  ({ door }: Api) =>
  async (path: string, ifNoneMatch?: string) => {
    const { statusCode, headers, body } = await door({
      httpMethod: 'GET',
      path: `/orchestration${path}`,
      headers: ifNoneMatch === undefined ? null : { 'if-none-match': ifNoneMatch },
      requestContext: { authorizer: { sub: 'ada', roles: 'viewer', agency: 'rbpd' } },
    });
    return { status: statusCode, etag: headers['etag'], body };
  };

describe('an answer with an ETag', () => {
  test.each(['/workflows', '/workflows/gunfire-response', '/openapi.json', '/routing/rules', '/routing/channels', '/routing/pipelines'])(
    '%s is not sent again to whoever holds it',
    async (path) => {
      const get = getting(api());
      const first = await get(path);
      expect(first).toMatchObject({ status: 200, etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) });
      expect(await get(path, first.etag)).toEqual({ status: 304, etag: first.etag, body: '' });
      expect(await get(path, '"another"')).toEqual(first);
    },
  );

  test('a run has another as soon as it is another', async () => {
    const ground = api();
    const get = getting(ground);
    const { execution, step } = await withExecution(ground);
    const path = `/executions/${execution.id}`;
    const { etag } = await get(path);
    expect((await get(path, etag)).status).toBe(304);
    const { executions, journal } = ground.stores;
    await journal.commit('i1', [], [executions.writeStep({ ...step, step: 'second', actionId: 'a-2' }, undefined)]);
    const changed = await get(path, etag);
    expect([changed.status, changed.etag === etag]).toEqual([200, false]);
  });

  test('a refusal has none', async () => {
    expect(await getting(api())('/executions/none', '*')).toMatchObject({ status: 404, etag: undefined });
  });

  test('is the same in whichever order its members come', () => {
    expect(etagOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(etagOf({ b: [{ d: 3, c: 2 }], a: 1 }));
    expect(etagOf({ a: 1 })).not.toBe(etagOf({ a: 2 }));
  });
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  [undefined, false],
])('If-None-Match %o holds "a": %o', (given, stands) => {
  expect(stillStands(given, '"a"')).toBe(stands);
});
