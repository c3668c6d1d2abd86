import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { factAsserted, onDuty } from '../../local/city/facts.ts';
import { createIdentity, newKey } from '../../local/engines/identity/index.ts';
import type { Frame } from '../../shared/contracts/channel.ts';
import { type Endpoint, effectOf } from '../../shared/contracts/endpoint.ts';
import { Channel, Role } from '../../shared/contracts/vocabulary.ts';
import { all, call, connects, followers, matrix, word } from './matrix.ts';
import { shot, system } from './system.ts';

type System = Awaited<ReturnType<typeof system>>;

const OURS = 'riviera-beach-pd';

describe('every role × endpoint × agency × channel against the running system', () => {
  let running: System;
  beforeAll(async () => {
    running = await system();
  });

  test('exactly the declared calls are let in', async () => {
    const { cell, compare } = matrix();
    for (const agency of [OURS, 'somewhere-else'])
      for (const role of Role.options) {
        const token = await running.machine.identity.token(role, { sub: `${role}-of-${agency}`, agency });
        for (const endpoint of all) {
          const may = agency === OURS && endpoint.roles.includes(role);
          cell(`${role} of ${agency}: ${endpoint.operation}`, word(await call(running, endpoint, token)), may ? 'let in' : 'forbidden');
        }
      }
    compare(1000);
  }, 300_000);

  test('exactly the declared channels open', async () => {
    const { cell, compare } = matrix();
    for (const agency of [OURS, 'somewhere-else'])
      for (const role of Role.options) {
        const token = await running.machine.identity.token(role, { agency });
        for (const channel of Channel.options) {
          const may = agency === OURS && followers.includes(role);
          cell(`${role} of ${agency}: ${channel}`, String(await connects(running, channel, token)), String(may));
        }
      }
    compare(90);
  }, 120_000);

  test('whoever is off duty looks and acts on nothing', async () => {
    const { cell, compare } = matrix();
    const { identity } = running.machine;
    for (const role of Role.options) {
      const off = { ...onDuty(`off-${role}`, role), value: { status: 'off', role } };
      const { source, type, detail } = factAsserted(off, `off-${role}`, running.scheduler.now());
      await running.put(source, type, detail);
    }
    await running.pass(3000);
    for (const role of Role.options) {
      const token = await identity.token(role, { sub: `off-${role}` });
      const own = all.filter(({ roles }) => roles.includes(role));
      const acts = own.filter((endpoint) => effectOf(endpoint) === 'act');
      // One that only looks stands for all of them: what each answers is asked above.
      const looks = own.filter((endpoint) => effectOf(endpoint) === 'look').slice(0, 1);
      for (const endpoint of acts) cell(`${role}: ${endpoint.operation}`, word(await call(running, endpoint, token)), 'forbidden');
      for (const endpoint of looks) cell(`${role}: ${endpoint.operation}`, word(await call(running, endpoint, token)), 'let in');
    }
    compare(100);
  }, 120_000);
});

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
type Claims = Record<string, unknown>;

/** Tokens that look like one of an admin's, and are not what they say. */
const hostile = async ({ machine, scheduler }: System): Promise<Record<string, string>> => {
  const good = await machine.identity.token('supervisor');
  const [head = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
  const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as { kid: string };
  const stranger = createIdentity(await newKey(), scheduler);
  const underOurName = createIdentity({ ...(await newKey()), kid }, scheduler);
  const hmac = `${base64({ alg: 'HS256', kid })}.${payload}`;
  const grown = base64({ ...claims, 'cognito:groups': ['admin', 'agency:riviera-beach-pd'] });
  return {
    'alg none': `${base64({ alg: 'none' })}.${payload}.`,
    'alg none under our key id': `${base64({ alg: 'none', kid })}.${payload}.${signature}`,
    'a public key used as a secret': `${hmac}.${createHmac('sha256', JSON.stringify(machine.identity.keys().keys[0])).update(hmac).digest('base64url')}`,
    'another issuer’s': await stranger.token('supervisor'),
    'another issuer’s under our key id': await underOurName.token('supervisor'),
    'a role added': `${head}.${grown}.${signature}`,
    'another issuer named': `${head}.${base64({ ...claims, iss: 'https://elsewhere.test' })}.${signature}`,
    'no signature': `${head}.${payload}.`,
    expired: await machine.identity.token('supervisor', { ttl: 1 }),
  };
};

describe('what is no token of ours', () => {
  test('opens no endpoint and no channel', async () => {
    const running = await system();
    const { cell, compare } = matrix();
    const tokens = await hostile(running);
    await running.pass(2000);
    for (const [name, token] of Object.entries({ ...tokens, none: undefined })) {
      for (const endpoint of all) cell(`${name}: ${endpoint.operation}`, word(await call(running, endpoint, token)), 'unknown');
      for (const channel of Channel.options) cell(`${name}: ${channel}`, String(await connects(running, channel, token ?? '')), 'false');
    }
    compare(400);
  }, 300_000);

  test('a ticket shown again opens nothing, and neither does one for another channel', async () => {
    const running = await system();
    for (const channel of Channel.options) {
      const ticket = async () => (await running.rest<{ ticket: string }>('viewer', 'POST', '/tickets', { channel })).body.ticket;
      const used = await ticket();
      await running.connect(channel, { query: { ticket: used } });
      for (const again of Channel.options) await expect(running.connect(again, { query: { ticket: used } })).rejects.toThrow(/40[13]/);
      const [elsewhere] = Channel.options.filter((other) => other !== channel);
      const other = await ticket();
      await expect(running.connect(String(elsewhere), { query: { ticket: other } })).rejects.toThrow(/40[13]/);
    }
  });
});

describe('what counted once', () => {
  const frames = (client: { messages: () => string[] }): Frame[] => client.messages().map((text) => JSON.parse(text) as Frame);

  test('a socket whose token expires receives nothing more, and is ended by the next push', async () => {
    const running = await system();
    const { identity } = running.machine;
    const [brief, long] = [await identity.token('dispatcher', { ttl: 60 }), await identity.token('dispatcher', { ttl: 3600 })];
    const [short, stays] = await Promise.all(
      [brief, long].map((token) => running.connect('events', { headers: { authorization: `Bearer ${token}` } })),
    );
    if (!short || !stays) throw new Error('a socket is missing');
    await running.put('gunshot_detection', 'gunshot.detected', shot('before'));
    await running.pass(5000);
    const told = frames(short).length;
    expect(told).toBeGreaterThan(0);
    await running.pass(60_000);
    const [had, others] = [frames(short).length, frames(stays).length];
    await running.put('gunshot_detection', 'gunshot.detected', shot('after', { location: { lat: 26.9, lon: -80.05 } }));
    await running.pass(5000);
    expect(frames(short)).toHaveLength(had);
    expect(frames(stays).length).toBeGreaterThan(others);
    expect(short.ended()).toBeDefined();
  });

  test('a revoked token and a disabled person lose every call and socket at once, and nobody else does', async () => {
    const running = await system();
    const { identity } = running.machine;
    const bearer = (sub: string) => identity.token('dispatcher', { sub });
    const people = Object.fromEntries(await Promise.all(['eve', 'mallory', 'ann'].map(async (sub) => [sub, await bearer(sub)] as const)));
    const sockets = Object.fromEntries(
      await Promise.all(
        Object.entries(people).map(
          async ([sub, token]) => [sub, await running.connect('alerts', { headers: { authorization: `Bearer ${token}` } })] as const,
        ),
      ),
    );
    const status = all.find(({ operation }) => operation === 'getStatus') as Endpoint;
    for (const token of Object.values(people)) expect(await call(running, status, token)).toBe(200);
    await running.pass(1000);
    const shut = await running.rest('admin', 'POST', '/people/eve/disable', { reason: 'left the department' });
    const revoked = await running.rest('admin', 'POST', '/tokens/revoke', { sub: 'mallory', reason: 'the phone was lost' });
    expect([shut, revoked]).toMatchObject([
      { status: 200, body: { closed: 1 } },
      { status: 200, body: { closed: 1 } },
    ]);
    await running.pass(10_000);
    expect(Object.entries(sockets).map(([sub, socket]) => [sub, socket.ended() !== undefined])).toEqual([
      ['eve', true],
      ['mallory', true],
      ['ann', false],
    ]);
    expect(await Promise.all([call(running, status, people['eve']), call(running, status, people['mallory'])])).toEqual([401, 401]);
    expect(await call(running, status, people['ann'])).toBe(200);
    // Whoever is disabled stays out with a new token; whoever lost one comes in again with a new one.
    expect([await call(running, status, await bearer('eve')), await call(running, status, await bearer('mallory'))]).toEqual([401, 200]);
    await running.rest('admin', 'POST', '/people/eve/enable', { reason: 'came back' });
    await running.pass(10_000);
    expect(await call(running, status, people['eve'])).toBe(200);
  });
});

test('no principal outside, and no room, speaks for a source that is not its own', async () => {
  const running = await system();
  const rooms = ['ingest', 'trigger', 'step', 'settle', 'finish', 'publish', 'connect', 'authorizer', 'sweep', 'register'];
  const put = (principal: string, Source: string) =>
    running.live(
      running.machine
        .call(principal, 'events', 'PutEvents', {
          Entries: [{ EventBusName: 'swoe', Source, DetailType: 'gunshot.detected', Detail: '{}' }],
        })
        .then((answer) => Number(answer['FailedEntryCount']) === 0)
        .catch(() => false),
    );
  expect(await put(running.machine.localUser, 'swoe')).toBe(false);
  for (const room of rooms)
    expect([room, await put(`arn:aws:iam::000000000000:role/swoe-dev-${room}`, 'cad_system')]).toEqual([room, false]);
  await running.pass(2000);
  expect((await running.status()).accepted).toBe(0);
});
