import type { InvokeOutcome } from '../../../kernel/engine.ts';
import { executeArn, type GatewayGround } from '../ground.ts';
import type { Pairs } from '../headers.ts';
import type { SocketApi } from './api.ts';
import { type Connection, IDLE_MS, MAX_BUFFERED_BYTES, MAX_MESSAGE_BYTES, OLDEST_MS, type Socket } from './connection.ts';
import { handshake, type Kind, requestContext } from './event.ts';

export interface Handshake {
  readonly stage: string;
  readonly headers: Pairs;
  readonly query: Pairs;
  readonly sourceIp?: string;
}

export type Admission = { ok: true; connection: Connection } | { ok: false; status: number };

export interface Sockets {
  readonly api: SocketApi;
  /** Asks the authorizer and `$connect`; nothing can be pushed to the connection before `open`. */
  admit(handshake: Handshake): Promise<Admission>;
  open(connection: Connection, socket: Socket): void;
  received(connection: Connection, text: string): Promise<void>;
  /** The far end went, or was sent away. */
  closed(connection: Connection, code: number, reason: string): Promise<void>;
  find(stage: string, id: string): Connection | undefined;
  push(connection: Connection, text: string): boolean;
  drop(connection: Connection, code: number, reason: string): void;
  count(): number;
}

const REFUSED = { unauthorized: 401, denied: 403, failed: 500 } as const;

const userAgent = (headers: Pairs): string => headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';

/** The connections of one WebSocket API. They live as long as the process: whoever was connected comes again. */
export const createSockets = (api: SocketApi, ground: GatewayGround): Sockets => {
  const { scheduler, invoke, permits, complain, meter } = ground;
  const open = new Map<string, Connection>();

  const call = async (
    connection: Connection,
    kind: Kind,
    routeKey: string,
    more: object,
    said: object = {},
  ): Promise<InvokeOutcome | undefined> => {
    const route = api.routes.get(routeKey);
    if (!route) return undefined;
    if (!permits(route.functionArn, executeArn(ground, `${api.id}/${connection.stage}/${routeKey}`))) {
      complain('API Gateway may not invoke the function of this route: the template has no permission for it', {
        function: route.functionArn,
        route: routeKey,
      });
      return { ok: false, error: 'Forbidden', cause: '' };
    }
    const context = requestContext(ground, api.id, connection, kind, routeKey);
    const outcome = await invoke(route.functionArn, { requestContext: { ...context, ...said }, isBase64Encoded: false, ...more });
    if (!outcome.ok) complain('The function of this route failed', { route: routeKey, error: outcome.error, cause: outcome.cause });
    return outcome;
  };
  const drop = (connection: Connection, code: number, reason: string): void => {
    connection.socket?.close(code, reason);
    void closed(connection, code, reason);
  };
  const watch = (connection: Connection): void => {
    const due = Math.min(connection.lastActiveAt + IDLE_MS, connection.connectedAt + OLDEST_MS);
    connection.unwatch = scheduler.after(due - scheduler.now(), () => {
      const old = scheduler.now() >= connection.connectedAt + OLDEST_MS;
      if (old || scheduler.now() >= connection.lastActiveAt + IDLE_MS)
        drop(connection, 1001, old ? 'Two hours are the longest: connect again' : 'Nothing was said for ten minutes');
      else watch(connection);
    });
  };
  const closed: Sockets['closed'] = async (connection, code, reason) => {
    if (!open.delete(connection.id)) return;
    connection.unwatch();
    connection.socket = undefined;
    await call(connection, 'DISCONNECT', '$disconnect', {}, { disconnectStatusCode: code, disconnectReason: reason });
  };

  const admit: Sockets['admit'] = async ({ stage, headers, query, sourceIp = '127.0.0.1' }) => {
    if (!api.stages.has(stage)) return { ok: false, status: 404 };
    const now = scheduler.now();
    const fresh: Connection = {
      id: Buffer.from(scheduler.uuid().replaceAll('-', ''), 'hex').subarray(0, 11).toString('base64url').concat('='),
      stage,
      connectedAt: now,
      lastActiveAt: now,
      sourceIp,
      userAgent: userAgent(headers),
      authorizer: {},
      socket: undefined,
      unwatch: () => {},
    };
    const route = api.routes.get('$connect');
    const seen = handshake(headers, query);
    let connection = fresh;
    if (route?.authorizer) {
      const event = { ...seen, stageVariables: null, requestContext: requestContext(ground, api.id, fresh, 'CONNECT', '$connect') };
      const verdict = await route.authorizer({ methodArn: executeArn(ground, `${api.id}/${stage}/$connect`), event, headers, query });
      if (verdict.word !== 'allow') return { ok: false, status: REFUSED[verdict.word] };
      connection = { ...fresh, authorizer: verdict.context };
    }
    const outcome = await call(connection, 'CONNECT', '$connect', seen);
    if (outcome && !outcome.ok) return { ok: false, status: 502 };
    const status = outcome ? Number((outcome.payload as { statusCode?: unknown } | null)?.statusCode ?? 200) : 200;
    return status >= 200 && status < 300 ? { ok: true, connection } : { ok: false, status };
  };

  const push: Sockets['push'] = (connection, text) => {
    const { socket } = connection;
    if (!socket) return false;
    if (socket.buffered() > MAX_BUFFERED_BYTES) {
      drop(connection, 1013, 'You read too slowly: more than 4 MB waited. Connect again and resume from your last sequence number');
      return false;
    }
    connection.lastActiveAt = scheduler.now();
    meter('apigateway', 'WebSocket messages', Math.max(1, Math.ceil(Buffer.byteLength(text) / 32_768)));
    socket.send(text);
    return true;
  };

  const received: Sockets['received'] = async (connection, text) => {
    const size = Buffer.byteLength(text);
    if (size > MAX_MESSAGE_BYTES) return drop(connection, 1009, 'A message may have 128 KB');
    connection.lastActiveAt = scheduler.now();
    meter('apigateway', 'WebSocket messages', Math.max(1, Math.ceil(size / 32_768)));
    const outcome = await call(connection, 'MESSAGE', api.routeFor(text), { body: text });
    if (outcome?.ok) return;
    const word = outcome ? { message: 'Internal server error' } : { message: 'Forbidden' };
    push(connection, JSON.stringify({ ...word, connectionId: connection.id, requestId: scheduler.uuid() }));
  };

  return {
    api,
    admit,
    open: (connection, socket) => {
      connection.socket = socket;
      open.set(connection.id, connection);
      watch(connection);
    },
    received,
    closed,
    find: (stage, id) => {
      const connection = open.get(id);
      return connection?.stage === stage ? connection : undefined;
    },
    push,
    drop,
    count: () => open.size,
  };
};
