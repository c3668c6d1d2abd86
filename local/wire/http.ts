import { createServer, type Server } from 'node:http';
import { bodyWithin } from '../kernel/body.ts';
import { type createWire, MAX_BODY_BYTES } from './wire.ts';

/** The AWS endpoint on a port of this machine. */
export const serveWire = (wire: ReturnType<typeof createWire>): Server =>
  createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const { method = 'POST', headers } = request;
      const answer = await wire({ method, headers, body: await bodyWithin(request, MAX_BODY_BYTES) });
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
      response.end(answer.body);
    };
    serve().catch(() => response.destroy()); // the caller hung up in the middle
  });
