import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type createWire, MAX_BODY_BYTES } from './wire.ts';

const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= MAX_BODY_BYTES) parts.push(part);
    else parts.length = 0;
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(parts);
};

/** The AWS endpoint on a port of this machine. */
export const serveWire = (wire: ReturnType<typeof createWire>): Server =>
  createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const { method = 'POST', headers } = request;
      const answer = await wire({ method, headers, body: await bodyOf(request) });
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
      response.end(answer.body);
    };
    serve().catch(() => response.destroy()); // the caller hung up in the middle
  });
