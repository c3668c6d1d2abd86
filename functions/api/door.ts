import type { Operation } from '../../shared/contracts/endpoints.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import { type AskedBy, actingRole, type Caller, callerOf } from './caller.ts';
import type { Ask, Operations, Perform } from './operation.ts';
import { readBody, readQuery } from './read-request.ts';
import { type AnyReply, failed, forbidden, notFound, type Refusal, unauthenticated, unavailable, wrongMethod } from './reply.ts';
import { type AnyEndpoint, everyPath, find, type Hit } from './routes.ts';

/** What API Gateway's proxy integration (version 1.0) hands in, as far as it is read here. */
export interface ProxyEvent {
  httpMethod: string;
  path: string;
  resource?: string;
  pathParameters?: Record<string, string | undefined> | null;
  queryStringParameters?: Record<string, string | undefined> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext?: AskedBy;
}

export interface ProxyResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

const BUSY = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'InternalServerError',
]);
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const bodyOf = ({ body, isBase64Encoded }: ProxyEvent): string =>
  isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');

const NOTHING = { ok: true, value: { parsed: undefined, raw: undefined } } as const;

const notAllowed = ({ summary, roles }: AnyEndpoint, caller: Caller): Refusal =>
  forbidden(`${summary}: this takes one of the roles ${roles.join(', ')}; yours: ${caller.roles.join(', ') || 'none'}`);

const perform = async (operations: Operations, event: ProxyEvent, { endpoint, params }: Hit, caller: Caller): Promise<AnyReply> => {
  const role = actingRole(caller, endpoint.roles);
  if (!role) return notAllowed(endpoint, caller);
  const query = 'query' in endpoint ? readQuery(event.queryStringParameters, endpoint.query) : NOTHING;
  if (!query.ok) return query.reply;
  const body = 'body' in endpoint ? readBody(bodyOf(event), endpoint.body) : NOTHING;
  if (!body.ok) return body.reply;
  const ask = { caller, role, params, query: query.value.parsed, body: body.value.parsed, raw: body.value.raw };
  // The contract that just parsed query and body is the one the operation's types come from.
  return (operations[endpoint.operation] as Perform<Operation>)(ask as Ask<Operation>);
};

const answer = async (operations: Operations, event: ProxyEvent): Promise<AnyReply> => {
  const caller = callerOf(event.requestContext);
  if (!caller) return unauthenticated('Send an access token of this installation as Authorization: Bearer');
  const found = find(event.httpMethod, event.path, event);
  if (!found) return notFound(`There is no ${event.path.slice(0, 200)} here. There are: ${everyPath()}`);
  if ('allow' in found) return wrongMethod(found.allow)(`Use ${found.allow} here`);
  return perform(operations, event, found, caller);
};

/** The door for REST: who may, what fits, and every failure as a problem that tells nothing it should not. */
export const restDoor =
  (operations: Operations, log: LogSink) =>
  async (event: ProxyEvent): Promise<ProxyResult> => {
    let reply: AnyReply;
    try {
      reply = await answer(operations, event);
    } catch (error) {
      const requestId = event.requestContext?.requestId ?? 'unknown';
      say(log, 'error', 'invocation.failed', { requestId, method: event.httpMethod, ...errorFields(error) });
      const isBusy = error instanceof Error && BUSY.has(error.name);
      reply = isBusy
        ? unavailable('Try again in a moment')
        : failed(`Try again; if it stays so, give the operator the request id ${requestId}`);
    }
    return { statusCode: reply.status, headers: { ...HEADERS, ...reply.headers }, body: JSON.stringify(reply.body) };
  };
