import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { once } from '../../../functions/api/once.ts';
import { ok } from '../../../functions/api/reply.ts';
import { idempotencyStore } from '../../../shared/stores/idempotency.ts';
import { type Api, api } from './ground.ts';

const shot = (id: string) => ({ specversion: '1.0', id, source: 'gunshot_detection', type: 'gunshot.detected', data: {} });
const HOUR_MS = 3_600_000;

interface Sent {
  key?: string;
  body?: unknown;
  sub?: string;
  path?: string;
}

/** A request with a key, by a dispatcher. */
const sending =
  ({ door }: Pick<Api, 'door'>) =>
  async ({ key, body = shot('e1'), sub = 'ada', path = '/events/ingest' }: Sent = {}) => {
    const {
      statusCode,
      headers,
      body: text,
    } = await door({
      httpMethod: 'POST',
      path: `/orchestration${path}`,
      headers: key === undefined ? {} : { 'Idempotency-Key': key },
      body: JSON.stringify(body),
      requestContext: { requestId: 'r-1', authorizer: { sub, roles: 'dispatcher,supervisor', agency: 'rbpd' } },
    });
    return { status: statusCode, replayed: headers['idempotency-replayed'], body: JSON.parse(text) as { type?: string; busId?: string } };
  };

describe('a request with a key', () => {
  test('is done once and answered twice', async () => {
    const ground = api();
    const send = sending(ground);
    const first = await send({ key: 'k1' });
    const again = await send({ key: 'k1' });
    expect(first).toMatchObject({ status: 202, replayed: undefined, body: { busId: expect.any(String) } });
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(ground.told).toHaveLength(1);
  });

  test('is another under another key, of another person, and without one', async () => {
    const ground = api();
    const send = sending(ground);
    for (const sent of [{ key: 'k1' }, { key: 'k2' }, { key: 'k1', sub: 'bob' }, {}, {}]) expect((await send(sent)).status).toBe(202);
    expect(ground.told).toHaveLength(5);
  });

  test('is refused with another body, or for another operation', async () => {
    const ground = api();
    const send = sending(ground);
    await send({ key: 'k1' });
    const reused = { status: 422, body: { type: 'urn:swoe:problem:idempotency-key-reused' } };
    expect(await send({ key: 'k1', body: shot('e2') })).toMatchObject(reused);
    expect(await send({ key: 'k1', path: '/tickets', body: { channel: 'alerts' } })).toMatchObject(reused);
    expect(ground.told).toHaveLength(1);
  });

  test('is the same however its JSON is written', async () => {
    const ground = api();
    const send = sending(ground);
    await send({ key: 'k1' });
    expect((await send({ key: 'k1', body: Object.fromEntries(Object.entries(shot('e1')).reverse()) })).replayed).toBe('true');
  });

  test('that was refused for what it asks is refused again; one that does not fit its contract takes no key', async () => {
    const send = sending(api());
    const path = '/executions/none/pause';
    expect((await send({ key: 'k1', path, body: { reason: 'the scene is clear' } })).status).toBe(404);
    expect(await send({ key: 'k1', path, body: { reason: 'the scene is clear' } })).toMatchObject({ status: 404, replayed: 'true' });
    expect((await send({ key: 'k2', body: {} })).status).toBe(400);
    expect(await send({ key: 'k2' })).toMatchObject({ status: 202, replayed: undefined });
  });

  test('that failed on our side may be sent again under its key', async () => {
    const ground = api();
    const send = sending(ground);
    ground.faults.push({ service: 'events', operation: 'PutEvents', error: 'InternalException' });
    expect((await send({ key: 'k1' })).status).toBe(503);
    expect(await send({ key: 'k1' })).toMatchObject({ status: 202, replayed: undefined });
    const pause = { key: 'k2', path: '/executions/none/pause', body: { reason: 'the scene is clear' } };
    ground.faults.push({ service: 'dynamodb', operation: 'GetItem', error: 'ResourceNotFoundException' });
    expect((await send(pause)).status).toBe(500);
    expect(await send(pause)).toMatchObject({ status: 404, replayed: undefined });
  });

  test.each(['', 'two words', 'é', 'x'.repeat(256)])('is refused under %o', async (key) => {
    const ground = api();
    const answer = await sending(ground)({ key });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'Idempotency-Key' }] } });
    expect(ground.told).toEqual([]);
  });

  test('is done again after a day, when nobody can mean the first any more', async () => {
    const ground = api();
    const send = sending(ground);
    await send({ key: 'k1' });
    await ground.scheduler.run(ground.now() + 24 * HOUR_MS - 1);
    expect((await send({ key: 'k1' })).replayed).toBe('true');
    await ground.scheduler.run(ground.now() + 1);
    expect((await send({ key: 'k1', body: shot('e2') })).status).toBe(202);
    expect(ground.told).toHaveLength(2);
  });
});

describe('two at once', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('with one key are done once (order %i)', async (seed) => {
    const ground = api({ seed, shuffle: true });
    const send = sending(ground);
    const answers = await ground.settle(Promise.all([send({ key: 'k1' }), send({ key: 'k1' }), send({ key: 'k1' })]));
    expect(ground.told).toHaveLength(1);
    const late = answers.filter(({ status, replayed }) => status !== 202 || replayed);
    expect(late).toHaveLength(2);
    for (const { status, body, replayed } of late)
      expect(status === 409 ? body.type : replayed).toBe(status === 409 ? 'urn:swoe:problem:idempotency-key-in-use' : 'true');
    expect(await ground.settle(send({ key: 'k1' }))).toMatchObject({ status: 202, replayed: 'true' });
  });

  test('whoever took a key and died holds up the next for thirty seconds, and can no longer settle it', async () => {
    const ground = api();
    const send = sending(ground);
    const keys = idempotencyStore(ground.client, 'connections');
    const dead = { sub: 'ada', key: 'k1', request: 'r', token: 't' };
    expect(await keys.take(dead, ground.now())).toBe(true);
    expect((await send({ key: 'k1' })).status).toBe(422);
    await ground.scheduler.run(ground.now() + 30_000);
    expect((await send({ key: 'k1' })).status).toBe(202);
    expect([await keys.keep(dead, new Uint8Array([1]), ground.now()), await keys.free(dead)]).toEqual([false, false]);
    expect((await send({ key: 'k1' })).replayed).toBe('true');
  });
});

test('an answer that no item holds is not kept: it is given anew', async () => {
  const { client, runtime } = api();
  const act = once({ keys: idempotencyStore(client, 'connections'), runtime });
  const asked = { sub: 'ada', key: 'k1', request: 'r' };
  const large = randomBytes(600_000).toString('base64');
  let done = 0;
  const run = async () => {
    done += 1;
    return ok(large);
  };
  expect((await act(asked, run)).body).toBe(large);
  expect((await act(asked, run)).body).toBe(large);
  expect(done).toBe(2);
});
