import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { create } from '../../../functions/authorizer/handler.ts';
import type { Barred } from '../../../shared/contracts/people.ts';
import { barredStore } from '../../../shared/stores/barred.ts';
import { sockets } from '../publish/ground.ts';

const ISSUER = 'https://issuer.test';
const ARN = 'arn:aws:execute-api:us-east-1:000000000000:api1';

interface Keys {
  privateKey: Parameters<SignJWT['sign']>[0];
  jwk: object;
}
const keyPair = async (kid: string): Promise<Keys> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
};

let ours: Keys;
let newer: Keys;
beforeAll(async () => {
  [ours, newer] = [await keyPair('one'), await keyPair('two')];
});

const make = () => {
  const ground = sockets();
  const served = [ours.jwk];
  let fetches = 0;
  const jwks = async (uri: string) => {
    fetches += 1;
    expect(uri).toBe(`${ISSUER}/.well-known/jwks.json`);
    return { keys: [...served] };
  };
  const seconds = Math.floor(ground.now() / 1000);
  const claims = { iss: ISSUER, sub: 'ada', client_id: 'swoe-console', token_use: 'access', exp: seconds + 3600 };
  const groups = { 'cognito:groups': ['dispatcher', 'no-role-of-ours', 'supervisor'], 'custom:agency': 'rbpd' };
  return {
    ...ground,
    served,
    fetches: () => fetches,
    seconds,
    authorize: create({ ...ground.runtime, jwks }),
    token: (more: JWTPayload = {}, keys = ours, kid = 'one') =>
      new SignJWT({ ...claims, ...groups, ...more }).setProtectedHeader({ alg: 'RS256', kid }).sign(keys.privateKey),
  };
};

const rest = (authorization?: string) => ({
  methodArn: `${ARN}/api/POST/orchestration/tickets`,
  headers: authorization ? { authorization } : {},
});
const socket = (ticket: string, stage = 'events') => ({
  methodArn: `${ARN}/${stage}/$connect`,
  queryStringParameters: { ticket },
  requestContext: { routeKey: '$connect', stage },
});

describe('authorizer', () => {
  test('people who only look are counted apart from those who act', async () => {
    const { authorize, token } = make();
    const answer = await authorize(rest(`Bearer ${await token({ 'cognito:groups': ['viewer', 'auditor'] })}`));
    expect(answer.usageIdentifierKey).toBe('swoe-usage-looking');
  });

  test('an agency that stands only as a group, as Cognito gives it, is taken from there', async () => {
    const { authorize, token } = make();
    const bearer = await token({ 'custom:agency': undefined, 'cognito:groups': ['viewer', 'agency:rbpd'] });
    expect((await authorize(rest(`Bearer ${bearer}`))).context).toMatchObject({ agency: 'rbpd', roles: 'viewer' });
  });

  test('a sound token opens the whole stage and says who it is', async () => {
    const { authorize, token, seconds } = make();
    expect(await authorize(rest(`Bearer ${await token()}`))).toEqual({
      principalId: 'ada',
      usageIdentifierKey: 'swoe-usage-acting',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${ARN}/api/*` }],
      },
      context: { sub: 'ada', roles: 'dispatcher,supervisor', agency: 'rbpd', exp: String(seconds + 3600), iat: '0', jti: '' },
    });
  });

  test('a token opens one connection when it stands at a WebSocket', async () => {
    const { authorize, token } = make();
    const event = { ...socket(''), headers: { Authorization: `Bearer ${await token()}` }, queryStringParameters: null };
    expect((await authorize(event)).policyDocument.Statement).toMatchObject([{ Resource: `${ARN}/events/$connect` }]);
  });

  test('a person without any role is let in, for the API to say what is missing', async () => {
    const { authorize, token } = make();
    expect((await authorize(rest(`Bearer ${await token({ 'cognito:groups': undefined })}`))).context.roles).toBe('');
  });

  const wrong: [string, JWTPayload][] = [
    ['another issuer', { iss: 'https://elsewhere.test' }],
    ['no issuer', { iss: undefined }],
    ['another client', { client_id: 'other' }],
    ['an id token', { token_use: 'id' }],
    ['no subject', { sub: undefined }],
    ['no expiry', { exp: undefined }],
    ['a token that expired this second', { exp: Math.floor(Date.UTC(2026, 10, 22, 17) / 1000) }],
    ['a token for later', { nbf: Math.floor(Date.UTC(2026, 10, 22, 18) / 1000) }],
    ['groups that are no list', { 'cognito:groups': 'supervisor' }],
  ];
  test.each(wrong)('%s is refused', async (_, claims) => {
    const { authorize, token } = make();
    await expect(authorize(rest(`Bearer ${await token(claims)}`))).rejects.toThrow(/^Unauthorized$/);
  });

  test('an unsigned token is refused, whatever it calls its algorithm', async () => {
    const { authorize, token } = make();
    const [, payload] = (await token()).split('.');
    for (const alg of ['none', 'None', 'HS256']) {
      const header = Buffer.from(JSON.stringify({ alg, kid: 'one' })).toString('base64url');
      for (const signature of ['', 'AAAA']) {
        await expect(authorize(rest(`Bearer ${header}.${payload}.${signature}`))).rejects.toThrow(/^Unauthorized$/);
      }
    }
  });

  test('a token signed with another key under our key id is refused', async () => {
    const { authorize, token } = make();
    await expect(authorize(rest(`Bearer ${await token({}, newer, 'one')}`))).rejects.toThrow(/^Unauthorized$/);
  });

  test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'Bearer ...', `Bearer ${'a'.repeat(40)}`])(
    '%j is refused',
    async (header) => {
      const { authorize } = make();
      await expect(authorize(rest(header))).rejects.toThrow(/^Unauthorized$/);
    },
  );

  test('a key that the issuer added later is fetched, but not for every unknown key', async () => {
    const { authorize, token, served, fetches, scheduler, settle } = make();
    await authorize(rest(`Bearer ${await token()}`));
    served.push(newer.jwk);
    const rotated = rest(`Bearer ${await token({}, newer, 'two')}`);
    await expect(authorize(rotated)).rejects.toThrow(/^Unauthorized$/);
    expect(fetches()).toBe(1);
    await settle(new Promise<void>((resolve) => scheduler.after(11_000, resolve)));
    expect((await authorize(rotated)).principalId).toBe('ada');
    expect(fetches()).toBe(2);
  });

  test('keys that cannot be fetched are our fault, not the caller’s', async () => {
    const { runtime, token } = make();
    const jwks = () => Promise.reject(new Error('no route to the issuer'));
    await expect(create({ ...runtime, jwks })(rest(`Bearer ${await token()}`))).rejects.toThrow('no route');
  });

  test('a ticket opens one connection to its channel, once, and carries its person’s roles', async () => {
    const { authorize, connections, now } = make();
    const expiresAt = now() + 60_000;
    await connections.issue('t1', 'events', { sub: 'ada', roles: ['viewer'], agency: 'rbpd', expiresAt }, now());
    expect((await authorize(socket('t1'))).context).toEqual({
      sub: 'ada',
      roles: 'viewer',
      agency: 'rbpd',
      exp: String(expiresAt / 1000),
      iat: '0',
      jti: '',
    });
    await expect(authorize(socket('t1'))).rejects.toThrow(/^Unauthorized$/);
  });

  const barring = { by: 'root', reason: 'the phone was lost', at: '2026-11-22T17:00:00.000Z' };
  const bar = async ({ stores, client, runtime }: ReturnType<typeof make>, word: Pick<Barred, 'what' | 'id' | 'until'>) =>
    stores.journal.commit('x', [], [barredStore(client, 'connections', runtime.clock).bar({ ...word, ...barring })]);

  test('a disabled person, a revoked token, and all tokens given before are refused; a later one is not', async () => {
    const until = '2026-11-22T17:00:00.000Z';
    for (const word of [
      { what: 'person', id: 'ada' },
      { what: 'token', id: 't1' },
      { what: 'tokens', id: 'ada', until },
    ] as const) {
      const ground = make();
      await bar(ground, word);
      const bearer = await ground.token({ jti: 't1', iat: ground.seconds });
      await expect(ground.authorize(rest(`Bearer ${bearer}`))).rejects.toThrow(/^Unauthorized$/);
      const other = await ground.token({ jti: 't2', iat: ground.seconds + 1, sub: word.what === 'person' ? 'bea' : 'ada' });
      expect((await ground.authorize(rest(`Bearer ${other}`))).context.jti).toBe('t2');
    }
  });

  test('who is barred while an instance runs is refused by it within seconds', async () => {
    const ground = make();
    const bearer = rest(`Bearer ${await ground.token()}`);
    await ground.authorize(bearer);
    await bar(ground, { what: 'person', id: 'ada' });
    await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(5_000, resolve)));
    await expect(ground.authorize(bearer)).rejects.toThrow(/^Unauthorized$/);
  });

  test('a ticket of somebody who was disabled since opens nothing', async () => {
    const ground = make();
    const person = { sub: 'ada', roles: ['viewer' as const], agency: 'rbpd', expiresAt: ground.now() + 60_000 };
    await ground.connections.issue('t1', 'events', person, ground.now());
    await bar(ground, { what: 'person', id: 'ada' });
    await expect(ground.authorize(socket('t1'))).rejects.toThrow(/^Unauthorized$/);
  });

  test('a ticket opens nothing at the REST API', async () => {
    const { authorize, connections, now } = make();
    await connections.issue('t1', 'events', { sub: 'ada', roles: ['viewer'], agency: 'rbpd', expiresAt: now() + 60_000 }, now());
    await expect(authorize({ ...rest(), queryStringParameters: { ticket: 't1' } })).rejects.toThrow(/^Unauthorized$/);
  });
});
