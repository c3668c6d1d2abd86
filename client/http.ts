import { setTimeout as pause } from 'node:timers/promises';
import { BASE_PATH } from '../shared/contracts/endpoints.ts';
import { IDEMPOTENCY_KEY } from '../shared/contracts/idempotency.ts';
import { problemType } from '../shared/contracts/problem.ts';
import type { Call } from './calls.ts';
import { type Carry, complaint, type Rest, type RestError, restOver } from './rest.ts';

/** Gives a bearer token; asked again when the one before was refused. */
export type Token = () => Promise<string>;

export interface HttpOptions {
  readonly fetch?: typeof fetch;
  readonly wait?: (ms: number) => Promise<unknown>;
}

interface Held {
  readonly etag: string;
  readonly body: unknown;
}

const ATTEMPTS = 4;
/** Answers that are held with their ETag, at most. */
const MOST_HELD = 100;
/** What passes: too many requests, and what is not up yet or any more. */
const PASSING = new Set([429, 502, 503, 504]);
const IN_USE = problemType('idempotency-key-in-use');

const passes = ({ status, problem }: RestError): boolean => PASSING.has(status) || problem?.type === IN_USE;

const headersOf = ({ body, marked }: Call, key: string | undefined, held: Held | undefined): Record<string, string> => ({
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(key === undefined ? {} : { [IDEMPOTENCY_KEY]: key }),
  ...(marked && held ? { 'if-none-match': held.etag } : {}),
});

/** How long until the next attempt: as the answer says, or twice as long as before. Milliseconds. */
const pauseBefore = (attempt: number, retryAfter: string | null | undefined): number =>
  retryAfter ? Number(retryAfter) * 1000 : 100 * 2 ** attempt;

/** Calls over HTTP under `gateway` (http://127.0.0.1:8080), each with the token of the day. */
const sender = (gateway: string, token: Token, send: typeof fetch) => {
  let bearer: Promise<string> | undefined;
  const once = async ({ method, path, body }: Call, headers: Record<string, string>, again = true): Promise<Response> => {
    bearer ??= token();
    bearer.catch(() => {
      bearer = undefined;
    });
    const response = await send(`${gateway}${BASE_PATH}${path}`, {
      method,
      headers: { authorization: `Bearer ${await bearer}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status !== 401 || !again) return response;
    bearer = undefined;
    return once({ method, path, body, marked: false }, headers, false);
  };
  return once;
};

/**
 * Carries calls over HTTP. A 401 fetches one fresh token. Where no answer comes, or one that passes (429, 502 to 504), it asks again: a change
 * goes out under an Idempotency-Key, so it is done once. What has an ETag is not sent twice.
 */
const overHttp = (gateway: string, token: Token, { fetch: send = fetch, wait = pause }: HttpOptions): Carry => {
  const request = sender(gateway, token, send);
  const held = new Map<string, Held>();
  const hold = ({ path }: Call, etag: string, body: unknown): void => {
    held.delete(path);
    held.set(path, { etag, body });
    for (const first of held.keys()) if (held.size > MOST_HELD) held.delete(first);
  };
  const read = async (call: Call, response: Response): Promise<unknown> => {
    const known = held.get(call.path);
    if (response.status === 304 && known) return known.body;
    const text = await response.text();
    if (!response.ok) throw complaint(call, response.status, text);
    const body: unknown = JSON.parse(text);
    const etag = response.headers.get('etag');
    if (call.marked && etag) hold(call, etag, body);
    return body;
  };
  return async (call) => {
    const key = call.method === 'GET' ? undefined : (call.key ?? crypto.randomUUID());
    for (let attempt = 1; ; attempt += 1) {
      let response: Response | undefined;
      try {
        response = await request(call, headersOf(call, key, held.get(call.path)));
        return await read(call, response);
      } catch (error) {
        const refused = error instanceof Error && error.name === 'RestError' ? (error as RestError) : undefined;
        if (attempt === ATTEMPTS || (response && !(refused && passes(refused)))) throw error;
        await wait(pauseBefore(attempt, response?.headers.get('retry-after')));
      }
    }
  };
};

/** A REST client of SWOE under `gateway` (http://127.0.0.1:8080). Every refusal that stays is a RestError. */
export const openRest = (gateway: string, token: Token, options: HttpOptions = {}): Rest => restOver(overHttp(gateway, token, options));
