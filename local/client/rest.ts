import { BASE_PATH } from '../../shared/contracts/endpoints.ts';

/** Gives a bearer token; asked again when the one before was refused. */
export type Token = () => Promise<string>;

/** An answer that is not 2xx, with the problem's own words. */
export class RestError extends Error {
  override readonly name = 'RestError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Rest {
  /** `path` stands below /api/orchestration: `/status`. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

type Fetch = typeof fetch;

const complaint = (method: string, path: string, status: number, text: string): RestError => {
  const words = (() => {
    try {
      const { title, detail } = JSON.parse(text) as { title?: string; detail?: string };
      return [title, detail].filter(Boolean).join(': ');
    } catch {
      return text.slice(0, 200);
    }
  })();
  return new RestError(status, `${method} ${path} answered ${status}${words ? ` (${words})` : ''}`);
};

/** A REST client of SWOE under `gateway` (http://127.0.0.1:8080). A 401 fetches one fresh token; every other refusal is a RestError. */
export const openRest = (gateway: string, token: Token, send: Fetch = fetch): Rest => {
  let bearer: Promise<string> | undefined;
  const call = async <T>(method: string, path: string, body?: unknown, again = true): Promise<T> => {
    bearer ??= token();
    const response = await send(`${gateway}${BASE_PATH}${path}`, {
      method,
      headers: { authorization: `Bearer ${await bearer}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 401 && again) {
      bearer = undefined;
      return call<T>(method, path, body, false);
    }
    if (!response.ok) throw complaint(method, path, response.status, text);
    return JSON.parse(text) as T;
  };
  return { get: (path) => call('GET', path), post: (path, body) => call('POST', path, body) };
};
