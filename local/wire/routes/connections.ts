import { AwsError } from '../../kernel/aws-error.ts';
import type { Asked } from '../asked.ts';
import { type RestRoute, readRest, restRefusal } from '../protocols/rest.ts';
import { headerOf, urlOf, type WireRequest } from '../request.ts';

/** A WebSocket API of the template and its stages. */
export interface SocketStages {
  readonly id: string;
  readonly stages: { has(stage: string): boolean };
}

const time = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

const shown: RestRoute['answer'] = ({ ConnectedAt, LastActiveAt, Identity }) => {
  const { SourceIp: sourceIp, UserAgent: userAgent } = (Identity ?? {}) as Record<string, unknown>;
  return {
    body: Buffer.from(
      JSON.stringify({ connectedAt: time(ConnectedAt), lastActiveAt: time(LastActiveAt), identity: { sourceIp, userAgent } }),
    ),
  };
};

const routesOf = (service: string): RestRoute[] => {
  const path = '/{Stage}/@connections/{ConnectionId}';
  const nothing: RestRoute['answer'] = () => ({ body: Buffer.alloc(0) });
  return [
    { service, method: 'POST', path, operation: 'PostToConnection', payload: 'Data', answer: nothing },
    { service, method: 'GET', path, operation: 'GetConnection', answer: shown },
    { service, method: 'DELETE', path, operation: 'DeleteConnection', status: 204, answer: nothing },
  ];
};

/** What IAM denies is Forbidden in this service's words. */
const refuse: Asked['refuse'] = (error, requestId) =>
  restRefusal(error.name === 'AccessDeniedException' ? new AwsError('ForbiddenException', error.message) : error, requestId);

/** `/<stage>/@connections/<id>`: the API is the one named by the host (`<api>.execute-api.…`), else the one that has the stage. */
export const readConnections = (request: WireRequest, apis: readonly SocketStages[], region: string): Asked | undefined => {
  const [, stage = '', marker] = urlOf(request).pathname.split('/');
  if (marker !== '@connections' && marker !== '%40connections') return undefined;
  const named = /^([^.]+)\.execute-api\./.exec(headerOf(request, 'host') ?? '')?.[1];
  const id = named ?? apis.find(({ stages }) => stages.has(stage))?.id ?? 'none';
  const path = (request.path ?? '').replace('%40connections', '@connections');
  const asked = readRest(routesOf(`execute-api https://${id}.execute-api.${region}.amazonaws.com/${stage}`), { ...request, path });
  return asked && { ...asked, refuse };
};
