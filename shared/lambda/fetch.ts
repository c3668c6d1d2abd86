/** What a server outside answered. `body` is text, and empty where there was nothing new (304). */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** How long to wait for the whole answer (ms), and how long that may be (bytes). */
export interface Bounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** One GET of something public. Throws where there is no answer in time, or one that is too long. */
export type Fetch = (url: string, headers: Readonly<Record<string, string>>, bounds: Bounds) => Promise<Answer>;

/** Reads no more than it may: a server that never stops sending is hung up on. */
const bounded = async (response: Response, maxBytes: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`The answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** The process's own network. */
export const overTheNetwork: Fetch = async (url, headers, { timeoutMs, maxBytes }) => {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
  return {
    status: response.status,
    body: await bounded(response, maxBytes),
    etag: response.headers.get('etag') ?? undefined,
    lastModified: response.headers.get('last-modified') ?? undefined,
  };
};
