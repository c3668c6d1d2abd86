import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentity, type Identity, ISSUER, type Key, keyOf, newKey } from '../../../../local/engines/identity/index.ts';
import { createVirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';

const run = promisify(execFile);
const START = Date.UTC(2026, 10, 22, 12);
let dir = '';
let key: Key;
let identity: Identity;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-identity-'));
  key = await newKey();
  identity = createIdentity(key, createVirtualScheduler({ start: START }));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the local issuer', () => {
  it('signs what Cognito would, and its key set proves it', async () => {
    const token = await identity.token('supervisor', { sub: 'ann', agency: 'wpb-pd', ttl: 60 });
    const keys = createLocalJWKSet(identity.keys() as unknown as JSONWebKeySet);
    const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer: ISSUER, currentDate: new Date(START) });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      sub: 'ann',
      token_use: 'access',
      'custom:agency': 'wpb-pd',
      'cognito:groups': ['supervisor', 'agency:wpb-pd'],
      iat: START / 1000,
      exp: START / 1000 + 60,
    });
  });

  it('shows nobody its private key', () => {
    expect(Object.keys(identity.keys().keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('has keys for itself only', async () => {
    await expect(identity.jwks(`${ISSUER}/.well-known/jwks.json`)).resolves.toEqual(identity.keys());
    await expect(identity.jwks('https://evil.example/jwks.json')).rejects.toThrow('has keys on this machine');
  });

  it('keeps one key in a data directory, whoever asks first', async () => {
    const [one, two] = await Promise.all([keyOf(dir), keyOf(dir)]);
    expect(one).toEqual(two);
    expect(await keyOf(dir)).toEqual(one);
  });

  it('says what to do about a key that cannot be read', async () => {
    const other = join(dir, 'damaged');
    await keyOf(other);
    writeFileSync(join(other, 'issuer-key.json'), '{');
    await expect(keyOf(other)).rejects.toThrow('remove it, and a new one is made');
  });
});

describe('npm run token', () => {
  const cli = (...args: string[]) =>
    run(process.execPath, [
      '--import',
      'tsx',
      join(import.meta.dirname, '../../../../local/engines/identity/cli.ts'),
      ...args,
      '--data',
      dir,
    ]);

  it('prints a token and nothing else', async () => {
    const { stdout } = await cli('dispatcher', '--ttl', '2h', '--sub', 'bo');
    const claims = decodeJwt(stdout.trimEnd());
    expect(claims).toMatchObject({ sub: 'bo', 'cognito:groups': ['dispatcher', 'agency:riviera-beach-pd'] });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(7200);
  }, 20_000);

  it('answers an unknown role with one sentence and code 2', async () => {
    await expect(cli('emperor')).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Choose one of viewer, dispatcher, supervisor'),
    });
  }, 20_000);
});
