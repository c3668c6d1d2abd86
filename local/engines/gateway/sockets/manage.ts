import { AwsError } from '../../../kernel/aws-error.ts';
import type { Serve } from '../../../kernel/engine.ts';
import { type Connection, MAX_MESSAGE_BYTES, SLOW_BYTES } from './connection.ts';
import type { Sockets } from './sockets.ts';

const gone = (): AwsError => new AwsError('GoneException', 'The connection is not there (any more).');

const textOf = (data: unknown): string => {
  if (typeof data === 'string') return data;
  if (data instanceof Uint8Array) return Buffer.from(data).toString('utf8');
  throw new AwsError('BadRequestException', 'Data must be text or bytes');
};

const post = (sockets: Sockets, connection: Connection | undefined, text: string): void => {
  if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) throw new AwsError('PayloadTooLargeException', 'A message may have 128 KB');
  if ((connection?.socket?.buffered() ?? 0) > SLOW_BYTES)
    throw new AwsError('LimitExceededException', 'The client has not taken what it was sent before.');
  if (!connection || !sockets.push(connection, text)) throw gone();
};

/** `@connections`: what functions may do to the connections of one stage. `endpoint` is `https://<api>.execute-api…/<stage>`. */
export const manageConnections = (all: readonly Sockets[], endpoint: string): Serve => {
  const { hostname, pathname } = new URL(endpoint);
  const stage = pathname.replaceAll('/', '');
  const sockets = all.find(({ api }) => api.id === hostname.split('.')[0]);

  return async (operation, input) => {
    if (!sockets?.api.stages.has(stage)) throw new AwsError('ForbiddenException', 'Forbidden: there is no such stage');
    const connection = sockets.find(stage, String(input['ConnectionId']));
    switch (operation) {
      case 'PostToConnection':
        post(sockets, connection, textOf(input['Data']));
        return {};
      case 'GetConnection': {
        if (!connection) throw gone();
        const { connectedAt, lastActiveAt, sourceIp, userAgent } = connection;
        return {
          ConnectedAt: new Date(connectedAt),
          LastActiveAt: new Date(lastActiveAt),
          Identity: { SourceIp: sourceIp, UserAgent: userAgent },
        };
      }
      case 'DeleteConnection':
        if (!connection) throw gone();
        sockets.drop(connection, 1000, 'Closed by the service');
        return {};
      default:
        throw new AwsError('UnknownOperationException', `execute-api has no operation ${operation}`);
    }
  };
};
