import type { GatewayGround } from '../ground.ts';
import { listed, type Pairs } from '../headers.ts';
import type { Connection } from './connection.ts';

export type Kind = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

export const requestContext = (ground: GatewayGround, apiId: string, connection: Connection, kind: Kind, routeKey: string) => {
  const { scheduler, region } = ground;
  const requestId = scheduler.uuid();
  return {
    routeKey,
    eventType: kind,
    messageDirection: 'IN',
    ...(kind === 'MESSAGE' ? { messageId: requestId } : {}),
    stage: connection.stage,
    connectedAt: connection.connectedAt,
    connectionId: connection.id,
    requestId,
    extendedRequestId: requestId,
    requestTimeEpoch: scheduler.now(),
    domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
    apiId,
    identity: { sourceIp: connection.sourceIp, userAgent: connection.userAgent },
    ...(Object.keys(connection.authorizer).length > 0 ? { authorizer: connection.authorizer } : {}),
  };
};

/** The handshake as `$connect` and its authorizer see it. */
export const handshake = (headers: Pairs, query: Pairs) => {
  const [named, parameters] = [listed(headers), listed(query)];
  return {
    headers: named.single,
    multiValueHeaders: named.multiple,
    queryStringParameters: parameters.single,
    multiValueQueryStringParameters: parameters.multiple,
  };
};
