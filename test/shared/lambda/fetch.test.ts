import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { overTheNetwork } from '../../../shared/lambda/fetch.ts';

const BOUNDS = { timeoutMs: 30_000, maxBytes: 1000 };
let close = (): void => {};
afterEach(() => close());

/** A server of our own on the loopback. */
const serving = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
};

test('an answer comes with its validators, and what was asked with it', async () => {
  const url = await serving((request, response) => {
    response.writeHead(200, { etag: '"1"', 'last-modified': 'Sun, 22 Nov 2026 17:00:00 GMT' });
    response.end(`seen ${request.headers['user-agent']} ${request.headers['if-none-match']}`);
  });
  expect(await overTheNetwork(url, { 'user-agent': 'us', 'if-none-match': '"0"' }, BOUNDS)).toEqual({
    status: 200,
    body: 'seen us "0"',
    etag: '"1"',
    lastModified: 'Sun, 22 Nov 2026 17:00:00 GMT',
  });
});

test('nothing new has no body', async () => {
  const url = await serving((_, response) => response.writeHead(304).end());
  expect(await overTheNetwork(url, {}, BOUNDS)).toMatchObject({ status: 304, body: '' });
});

test('a server that never stops sending is hung up on', async () => {
  const url = await serving((_, response) => {
    const more = (): void => {
      if (!response.destroyed) response.write('x'.repeat(400), () => setImmediate(more));
    };
    more();
  });
  await expect(overTheNetwork(url, {}, BOUNDS)).rejects.toThrow('The answer is longer than 1000 bytes');
});

test('a server that never answers is not waited for', async () => {
  const url = await serving(() => {});
  await expect(overTheNetwork(url, {}, { ...BOUNDS, timeoutMs: 50 })).rejects.toThrow(/timeout/i);
});

test('where nobody listens the error says so', async () => {
  const url = await serving(() => {});
  close();
  await expect(overTheNetwork(url, {}, BOUNDS)).rejects.toThrow();
});
