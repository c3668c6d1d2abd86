import { describe, expect, it } from 'vitest';
import type { Call } from '../../../local/kernel/engine.ts';
import { LOCAL, openWire, ROLE } from './ground.ts';

const VERSION = '2011-06-15';
const between = (text: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';

const opened = () => {
  const callers: string[] = [];
  const call: Call = async (principal) => {
    callers.push(principal);
    return {};
  };
  const wire = openWire(call);
  const assume = async (fields: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const answer = await wire.form({ Version: VERSION, Action: 'AssumeRole', RoleArn: ROLE, RoleSessionName: 'me', ...fields }, headers);
    const key = between(answer.text, 'AccessKeyId');
    const token = between(answer.text, 'SessionToken');
    return {
      ...answer,
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261122/us-east-1/sts/aws4_request`, 'x-amz-security-token': token },
    };
  };
  const who = async (headers: Record<string, string>) => (await wire.form({ Version: VERSION, Action: 'GetCallerIdentity' }, headers)).text;
  const scan = (headers: Record<string, string>) => wire.post({ 'x-amz-target': 'DynamoDB_20120810.Scan', ...headers }, '{}');
  return { ...wire, callers, assume, who, scan };
};

describe('whoever calls', () => {
  it('is the local user, whatever the keys', async () => {
    const { who, scan, callers } = opened();
    expect(await who({ authorization: 'AWS4-HMAC-SHA256 Credential=AKIAX/20261122/us-east-1/sts/aws4_request' })).toContain(LOCAL);
    await scan({ 'x-amz-security-token': 'somebody’s real one' });
    expect(callers).toEqual([LOCAL]);
  });

  it('with keys of AssumeRole is that role', async () => {
    const { assume, who, scan, callers } = opened();
    const { headers } = await assume();
    expect(between(await who(headers), 'Arn')).toBe('arn:aws:sts::000000000000:assumed-role/ingest/me');
    await scan(headers);
    expect(callers).toEqual([ROLE]);
  });

  it('with the key but without its token is told so', async () => {
    const { assume, who } = opened();
    const { authorization } = (await assume()).headers;
    expect(await who({ authorization })).toContain('<Code>InvalidClientTokenId</Code>');
  });

  it('is refused when the keys expired', async () => {
    const { assume, scan, scheduler } = opened();
    const { headers } = await assume({ DurationSeconds: '900' });
    await scheduler.run(scheduler.now() + 900_000);
    const { status, text } = await scan(headers);
    expect([status, JSON.parse(text).__type]).toEqual([400, 'com.amazonaws.dynamodb.v20120810#ExpiredTokenException']);
  });

  it.each([
    ['a role the template does not have', { RoleArn: `${ROLE}x` }, 'AccessDenied'],
    ['a session without a name', { RoleSessionName: '' }, 'ValidationError'],
    ['a session of a minute', { DurationSeconds: '60' }, 'ValidationError'],
  ])('may not take on %s', async (_what, fields, code) => {
    expect(between((await opened().assume(fields)).text, 'Code')).toBe(code);
  });

  it('as a role can neither become another nor read the template', async () => {
    const { assume, form } = opened();
    const { headers } = await assume();
    expect((await assume({}, headers)).text).toContain('only the local user takes on roles here');
    const { status, text } = await form({ Version: '2010-05-15', Action: 'DescribeStacks' }, headers);
    expect(status).toBe(403);
    expect(text).toContain('assumed-role/ingest/me is not authorized to perform: cloudformation:DescribeStacks');
  });
});

describe('the endpoint answers only tools of this machine', () => {
  it.each([
    [{ host: 'evil.example' }, 403],
    [{ host: 'evil.example:4566' }, 403],
    [{ host: '127.0.0.1.evil.example' }, 403],
    [{ host: '127.0.0.1:4566', origin: 'https://evil.example' }, 403],
    [{ host: 'localhost', 'sec-fetch-site': 'cross-site' }, 403],
    [{ host: '127.0.0.1:4566' }, 200],
    [{ host: 'localhost:4566' }, 200],
    [{ host: '[::1]:4566' }, 200],
    [{ host: 'ws.execute-api.us-east-1.amazonaws.com' }, 200],
  ])('%j: %i', async (headers: Record<string, string>, status) => {
    const { form } = opened();
    expect((await form({ Version: VERSION, Action: 'GetCallerIdentity' }, headers)).status).toBe(status);
  });
});
