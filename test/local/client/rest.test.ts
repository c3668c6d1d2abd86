import { describe, expect, it } from 'vitest';
import { wordOf } from '../../../local/client/conversation.ts';
import { openRest } from '../../../local/client/rest.ts';
import { openTerminal } from '../../../local/client/terminal.ts';
import { localToken } from '../../../local/client/token.ts';

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
    expect(await openRest('http://h', async () => 't', send).get('/status')).toEqual({ ok: 1 });
    expect(asked).toEqual([{ url: 'http://h/api/orchestration/status', authorization: 'Bearer t' }]);
  });

  it('a 401 fetches one fresh token, a second one is told', async () => {
    let n = 0;
    const { asked, send } = serving([401, {}], [200, {}]);
    const token = async () => `t${++n}`;
    await openRest('http://h', token, send).get('/status');
    expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t2']);
    await expect(openRest('http://h', token, serving([401, { title: 'No valid token' }]).send).get('/status')).rejects.toThrow(
      'GET /status answered 401 (No valid token)',
    );
  });

  it("a refusal carries the problem's own words", async () => {
    const { send } = serving([409, { title: 'Things have changed', detail: 'Read it again' }]);
    await expect(openRest('http://h', async () => 't', send).post('/approvals/x', {})).rejects.toMatchObject({
      status: 409,
      message: 'POST /approvals/x answered 409 (Things have changed: Read it again)',
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
