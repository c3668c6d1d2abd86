import { describe, expect, it } from 'vitest';
import { wordOf } from '../../client/conversation.ts';
import { openRest } from '../../client/http.ts';
import { openTerminal } from '../../local/tools/terminal.ts';
import { localToken } from '../../local/tools/token.ts';

const serving = (...answers: [number, unknown][]) => {
  const asked: { url: string; authorization: string | null }[] = [];
  const send = (async (url: string, init: RequestInit) => {
    asked.push({ url, authorization: new Headers(init.headers).get('authorization') });
    const [status, body] = answers[Math.min(asked.length, answers.length) - 1] ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  }) as typeof fetch;
  return { asked, send };
};

describe('the REST client', () => {
  it('asks below the base path with a bearer token', async () => {
    const { asked, send } = serving([200, { ok: 1 }]);
    expect(await openRest('http://h', async () => 't', { fetch: send }).ask('getStatus')).toEqual({ ok: 1 });
    expect(asked).toEqual([{ url: 'http://h/api/orchestration/status', authorization: 'Bearer t' }]);
  });

  it('a 401 fetches one fresh token, a second one is told', async () => {
    let n = 0;
    const { asked, send } = serving([401, {}], [200, {}]);
    const token = async () => `t${++n}`;
    await openRest('http://h', token, { fetch: send }).ask('getStatus');
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t2']);
    const refused = { type: 'urn:swoe:problem:unauthenticated', title: 'No valid token', status: 401, detail: 'Sign in' };
    await expect(openRest('http://h', token, { fetch: serving([401, refused]).send }).ask('getStatus')).rejects.toThrow(
      'GET /status answered 401 (No valid token: Sign in)',
    );
  });

  it("a refusal carries the problem's own words", async () => {
    const problem = { type: 'urn:swoe:problem:conflict', title: 'Things have changed', status: 409, detail: 'Read it again' };
    const { send } = serving([409, problem]);
    const rest = openRest('http://h', async () => 't', { fetch: send });
    const body = { answer: 'approve', reason: 'seen', factsHash: 'h' } as const;
    await expect(rest.ask('answerApproval', { params: { id: 'x' }, body })).rejects.toMatchObject({
      status: 409,
      message: 'POST /approvals/x answered 409 (Things have changed: Read it again)',
      problem,
    });
  });

  it('SWOE_TOKEN takes the place of the local issuer', async () => {
    expect(await localToken('viewer', { env: { SWOE_TOKEN: 'given' } })()).toBe('given');
  });
});

describe('a text of a channel', () => {
  it('is a frame or nothing', () => {
    expect(wordOf('{"channel":"events","from":1,"to":1,"messages":[]}')).toMatchObject({ from: 1 });
    expect(wordOf('{"message":"pong"}')).toBeUndefined();
    expect(wordOf('not json')).toBeUndefined();
  });
});

describe('the terminal', () => {
  const written = (isTTY: boolean) => {
    let text = '';
    const terminal = openTerminal({ isTTY, columns: 20, write: (more: string) => (text += more) }, { NO_COLOR: '1' });
    terminal.status('working');
    terminal.line('done', 'good');
    terminal.done();
    return text;
  };

  it('without a TTY it is plain lines', () => {
    expect(written(false)).toBe('done\n');
  });

  it('on a TTY lines stand above the status, which is taken away at the end', () => {
    expect(written(true)).toBe('working\r\u001b[2Kdone\nworking\r\u001b[2K');
  });
});
