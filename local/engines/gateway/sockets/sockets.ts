import { executeArn, type GatewayGround } from '../ground.ts';
import type { Pairs } from '../headers.ts';
import type { SocketApi } from './api.ts';
import { createCalls } from './calls.ts';
import { type Connection, IDLE_MS, MAX_BUFFERED_BYTES, MAX_MESSAGE_BYTES, OLDEST_MS, type Socket } from './connection.ts';
import { handshake, requestContext } from './event.ts';

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
  /** The far end went while `$connect` was answering: what it wrote down is taken back by `$disconnect`. */
  abandoned(connection: Connection): Promise<void>;
  received(connection: Connection, text: string): Promise<void>;
  /** The far end went, or was sent away. */
  closed(connection: Connection, code: number, reason: string): Promise<void>;
  find(stage: string, id: string): Connection | undefined;
  push(connection: Connection, text: string): boolean;
  drop(connection: Connection, code: number, reason: string): void;
  count(): number;
}

const REFUSED = { unauthorized: 401, denied: 403, failed: 500, misconfigured: 500 } as const;

/** A message is billed by 32 KB, the length of a frame. */
const units = (bytes: number): number => Math.max(1, Math.ceil(bytes / 32_768));

const userAgent = (headers: Pairs): string => headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';

/** The connections of one WebSocket API. They live as long as the process: whoever was connected comes again. */
export const createSockets = (api: SocketApi, ground: GatewayGround): Sockets => {
  const { scheduler, meter } = ground;
  const { call, admits } = createCalls(api, ground);
  const open = new Map<string, Connection>();

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

  const fresh = ({ stage, headers, sourceIp = '127.0.0.1' }: Handshake): Connection => {
    const now = scheduler.now();
    return {
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
  };
  /** The connection with what the authorizer said of it, or the status with which it is refused. */
  const authorised = async (connection: Connection, { headers, query }: Handshake): Promise<Connection | number> => {
    const { stage } = connection;
    const authorizer = api.routes.get('$connect')?.authorizer;
    if (!authorizer) return connection;
    const context = requestContext(ground, api.id, connection, 'CONNECT', '$connect');
    const variables = api.stages.get(stage)?.variables ?? {};
    const stageVariables = Object.keys(variables).length > 0 ? variables : null;
    const event = { ...handshake(headers, query), stageVariables, requestContext: context };
    const methodArn = executeArn(ground, `${api.id}/${stage}/$connect`);
    const verdict = await authorizer({ methodArn, event, headers, query, variables, context });
    return verdict.word === 'allow' ? { ...connection, authorizer: verdict.context } : REFUSED[verdict.word];
  };
  const admit: Sockets['admit'] = async (asked) => {
    const { stage, headers, query } = asked;
    if (!api.stages.has(stage)) return { ok: false, status: 404 };
    if (!admits(stage)) return { ok: false, status: 429 };
    const connection = await authorised(fresh(asked), asked);
    if (typeof connection === 'number') return { ok: false, status: connection };
    const outcome = await call(connection, 'CONNECT', '$connect', handshake(headers, query));
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
    meter('apigateway', 'WebSocket messages', units(Buffer.byteLength(text)));
    socket.send(text);
    return true;
  };

  const received: Sockets['received'] = async (connection, text) => {
    const size = Buffer.byteLength(text);
    if (size > MAX_MESSAGE_BYTES) return drop(connection, 1009, 'A message may have 128 KB');
    connection.lastActiveAt = scheduler.now();
    meter('apigateway', 'WebSocket messages', units(size));
    const tell = (message: string) =>
      push(connection, JSON.stringify({ message, connectionId: connection.id, requestId: scheduler.uuid() }));
    if (!admits(connection.stage)) return void tell('Too Many Requests');
    const routeKey = api.routeFor(text);
    const outcome = await call(connection, 'MESSAGE', routeKey, { body: text });
    if (!outcome?.ok) return void tell(outcome ? 'Internal server error' : 'Forbidden');
    const { body } = (outcome.payload ?? {}) as { body?: unknown };
    if (api.routes.get(routeKey)?.answers && typeof body === 'string') push(connection, body);
  };

  return {
    api,
    admit,
    open: (connection, socket) => {
      connection.socket = socket;
      open.set(connection.id, connection);
      watch(connection);
    },
    abandoned: async (connection) => {
      open.set(connection.id, connection);
      await closed(connection, 1006, 'The client went during the handshake');
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
