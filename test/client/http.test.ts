import { describe, expect, test } from 'vitest';
import { callOf } from '../../client/calls.ts';
import { openRest } from '../../client/http.ts';

interface Sent {
  url: string;
  method: string | undefined;
  key: string | null;
  mark: string | null;
}

type Answer = Error | { status: number; body?: unknown; headers?: Record<string, string> };

/** A gateway that gives these answers in turn, the last one from then on; and how long the client waited before each next attempt. */
const serving = (...answers: Answer[]) => {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const fetching = (async (url: string, { method, headers }: RequestInit) => {
    const given = new Headers(headers);
    sent.push({ url, method, key: given.get('idempotency-key'), mark: given.get('if-none-match') });
    const answer = answers[Math.min(sent.length, answers.length) - 1] ?? new Error('no answer planned');
    if (answer instanceof Error) throw answer;
    return new Response(answer.status === 304 ? null : JSON.stringify(answer.body ?? {}), answer);
  }) as typeof fetch;
  const wait = async (ms: number) => waits.push(ms);
  return { sent, waits, rest: openRest('http://h', async () => 't', { fetch: fetching, wait }) };
};

const taken = { id: 'e1', source: 'cad_system', busId: 'b1' };
const body = { specversion: '1.0', id: 'e1', source: 'cad_system', type: 'call.received' } as const;
const busy = { status: 503, headers: { 'retry-after': '2' } };
const inUse = { status: 409, body: { type: 'urn:swoe:problem:idempotency-key-in-use', title: 't', status: 409, detail: 'd' } };

describe('a call', () => {
  test('is made of the contract: its parameters encoded, what is not said left out', () => {
    expect(callOf('explainEvent', { params: { key: 'a/b#1' }, query: { with: 'c d' } })).toMatchObject({
      method: 'GET',
      path: '/events/a%2Fb%231/explain?with=c+d',
    });
    expect(callOf('audit', { query: { limit: 5, cursor: undefined } }).path).toBe('/audit?limit=5');
  });

  test('that changes something goes out under one key however often it is sent, and a new one each time it is made', async () => {
    const { sent, waits, rest } = serving(new TypeError('fetch failed'), busy, { status: 202, body: taken }, { status: 202, body: taken });
    expect(await rest.ask('ingestEvent', { body })).toEqual(taken);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(waits).toEqual([200, 2000]);
    await rest.ask('ingestEvent', { body });
    expect(sent.at(-1)?.key).not.toBe(sent[0]?.key);
    await rest.ask('ingestEvent', { body, key: 'mine' });
    expect(sent.at(-1)?.key).toBe('mine');
  });

  test('whose first sending is not answered yet waits for that answer', async () => {
    const { sent, rest } = serving(inUse, { status: 202, body: taken });
    expect(await rest.ask('ingestEvent', { body })).toEqual(taken);
    expect(sent).toHaveLength(2);
  });

  test.each([400, 403, 404, 409, 422, 500])('that is refused with %i is not sent again', async (status) => {
    const { sent, rest } = serving({ status });
    await expect(rest.ask('getStatus')).rejects.toMatchObject({ name: 'RestError', status });
    expect(sent).toHaveLength(1);
  });

  test('that is never answered is given up after four attempts', async () => {
    const down = serving(new TypeError('fetch failed'));
    await expect(down.rest.ask('getStatus')).rejects.toThrow('fetch failed');
    expect([down.sent.length, down.waits]).toEqual([4, [200, 400, 800]]);
    const full = serving({ status: 429 });
    await expect(full.rest.ask('getStatus')).rejects.toMatchObject({ status: 429 });
    expect(full.sent).toHaveLength(4);
  });

  test('that looks has no key', async () => {
    const { sent, rest } = serving({ status: 200 });
    await rest.ask('getStatus');
    expect(sent[0]).toMatchObject({ method: 'GET', key: null, mark: null });
  });
});

describe('an answer with an ETag', () => {
  test('is held, and given again where it still stands', async () => {
    const workflow = { name: 'gunfire-response' };
    const { sent, rest } = serving({ status: 200, body: workflow, headers: { etag: '"1"' } }, { status: 304 });
    const ask = () => rest.ask('getWorkflow', { params: { name: 'gunfire-response' } });
    expect([await ask(), await ask()]).toEqual([workflow, workflow]);
    expect(sent.map(({ mark }) => mark)).toEqual([null, '"1"']);
  });

  test('is of its own path', async () => {
    const { sent, rest } = serving({ status: 200, headers: { etag: '"1"' } });
    for (const name of ['a', 'b']) await rest.ask('getWorkflow', { params: { name } });
    expect(sent.map(({ mark }) => mark)).toEqual([null, null]);
  });

  test('is forgotten when a hundred others were asked for since', async () => {
    const { sent, rest } = serving({ status: 200, headers: { etag: '"1"' } });
    for (let n = 0; n <= 100; n += 1) await rest.ask('getWorkflow', { params: { name: `w${n}` } });
    await rest.ask('getWorkflow', { params: { name: 'w0' } });
    await rest.ask('getWorkflow', { params: { name: 'w100' } });
    expect(sent.slice(-2).map(({ mark }) => mark)).toEqual([null, '"1"']);
  });
});
