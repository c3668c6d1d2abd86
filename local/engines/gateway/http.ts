import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { bodyWithin } from '../../kernel/body.ts';
import { type Gateway, SOCKET_PATH } from './gateway.ts';
import { queryOf, rawPairs, targetOf } from './headers.ts';
import { MAX_BODY_BYTES } from './rest/integrate.ts';
import type { Response } from './rest/responses.ts';
import { MAX_FRAME_BYTES, MAX_MESSAGE_BYTES } from './sockets/connection.ts';
import { watchFrames } from './sockets/frames.ts';
import type { Sockets } from './sockets/sockets.ts';

/** What stands beside the APIs: the index and the key set, by path. */
export type Pages = Readonly<Record<string, () => { type: string; body: string }>>;

const TOO_LARGE = Buffer.alloc(MAX_BODY_BYTES + 1);

const answer = (response: ServerResponse, { status, headers, body }: Response): void => {
  response.writeHead(status, { ...(headers as Record<string, string | string[]>), 'content-length': body.length });
  response.end(body);
};

const PROBLEMS: Readonly<Record<number, readonly [type: string, title: string, detail: string]>> = {
  401: ['unauthenticated', 'Who are you?', 'Send "Authorization: Bearer <token>" or ?ticket=<ticket> (POST /tickets) with the handshake.'],
  403: ['forbidden', 'Your role may not listen here', 'Ask someone whose role may, or an administrator for the role.'],
  429: ['throttled', 'Too many connections at once', 'Wait a second and connect again.'],
  404: ['not-found', 'There is no such channel', `The channels stand below ${SOCKET_PATH}: events, workflow-status and alerts.`],
};

/** Refuses a handshake as API Gateway does: with an HTTP answer instead of an upgrade. */
const refuse = (socket: Duplex, status: number): void => {
  const [type, title, detail] = PROBLEMS[status] ?? [
    'internal',
    'Something broke on our side',
    'Connect again; the reason is in swoe.log.',
  ];
  const body = JSON.stringify({ type: `urn:swoe:problem:${type}`, title, status, detail });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

const upgrade = async (
  server: WebSocketServer,
  all: readonly Sockets[],
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> => {
  const { pathname, search } = targetOf(request.url ?? '/');
  const stage = pathname.startsWith(`${SOCKET_PATH}/`) ? pathname.slice(SOCKET_PATH.length + 1) : '';
  const sockets = all.find(({ api }) => api.stages.has(stage));
  if (!sockets) return refuse(socket, 404);
  const admission = await sockets.admit({
    stage,
    headers: rawPairs(request.rawHeaders),
    query: queryOf(search),
    sourceIp: request.socket.remoteAddress,
  });
  if (!admission.ok) return refuse(socket, admission.status);
  const { connection } = admission;
  if (socket.destroyed) return sockets.abandoned(connection);
  server.handleUpgrade(request, socket, head, (client) => {
    let tooLong = false;
    const watch = watchFrames(MAX_FRAME_BYTES, () => {
      tooLong = true;
      client.close(1009, 'A frame may have 32 KB');
    });
    // Before the parser, which would hand on what came in one chunk.
    socket.prependListener('data', watch);
    client.on('message', (data, isBinary) => {
      if (tooLong) return;
      if (isBinary) client.close(1003, 'Text only');
      else void sockets.received(connection, data.toString());
    });
    client.on('close', (code, reason) => void sockets.closed(connection, code, reason.toString()));
    client.on('error', () => {}); // 'close' follows and tells
    sockets.open(connection, {
      send: (text) => client.send(text),
      close: (code, reason) => {
        client.close(code, reason);
        if (client.bufferedAmount > 0) setTimeout(() => client.terminate(), 2000).unref();
      },
      buffered: () => client.bufferedAmount,
    });
  });
};

export interface GatewayServer {
  readonly server: Server;
  /** Ends every WebSocket, which the server itself no longer counts as its own. */
  hangUp(): void;
}

/** The gateway on a port of this machine. */
export const serveGateway = (gateway: Gateway, pages: Pages, failed: (error: unknown) => void): GatewayServer => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = targetOf(request.url ?? '/');
    const page = request.method === 'GET' && Object.hasOwn(pages, pathname) ? pages[pathname]?.() : undefined;
    if (page) return answer(response, { status: 200, headers: { 'content-type': page.type }, body: Buffer.from(page.body) });
    const body = await bodyWithin(request, MAX_BODY_BYTES);
    const { method = 'GET', url: path = '/', rawHeaders, socket } = request;
    answer(
      response,
      await gateway.request({ method, path, headers: rawPairs(rawHeaders), body: body ?? TOO_LARGE, sourceIp: socket.remoteAddress }),
    );
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      failed(error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/problem+json' });
      response.end(
        JSON.stringify({
          type: 'urn:swoe:problem:internal',
          title: 'Something broke on our side',
          status: 500,
          detail: 'Repeat the request; the reason is in swoe.log.',
        }),
      );
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    upgrade(sockets, gateway.sockets, request, socket, head).catch((error) => {
      failed(error);
      refuse(socket, 500);
    });
  });
  const hangUp = (): void => {
    for (const client of sockets.clients) client.terminate();
  };
  return { server, hangUp };
};
