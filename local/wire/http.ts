import { createServer, type Server } from 'node:http';
import { bodyWithin } from '../kernel/body.ts';
import { MAX_BODY_BYTES, type WireRequest, type WireResponse } from './request.ts';

/** The AWS endpoint on a port of this machine. */
export const serveWire = (wire: (request: WireRequest) => Promise<WireResponse>): Server =>
  createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const { method = 'POST', url: path = '/', headers } = request;
      const answer = await wire({ method, path, headers, body: await bodyWithin(request, MAX_BODY_BYTES) });
      // A 204 has no body and says nothing of its length.
      response.writeHead(answer.status, { ...answer.headers, ...(answer.status === 204 ? {} : { 'content-length': answer.body.length }) });
      response.end(answer.status === 204 ? undefined : answer.body);
    };
    serve().catch(() => response.destroy()); // the caller hung up in the middle, or the answer is lost
  });
