import type { Endpoint } from '../../shared/contracts/endpoint.ts';
import type { Operation } from '../../shared/contracts/endpoints.ts';
import { IDEMPOTENCY_KEY, IdempotencyKey } from '../../shared/contracts/idempotency.ts';
import { masked } from '../../shared/domain/masked.ts';
import { canonical, sha256 } from '../../shared/lambda/ids.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import { seesPersons } from '../../shared/policy/access/index.ts';
import { type AdmitDeps, admit } from './admit.ts';
import { type AskedBy, type Caller, callerOf } from './caller.ts';
import { etagOf, stillStands } from './etag.ts';
import type { Once } from './once.ts';
import type { Ask, Operations, Perform } from './operation.ts';
import { readBody, readQuery } from './read-request.ts';
import { type AnyReply, failed, fieldErrors, invalidFields, notFound, unauthenticated, unavailable, wrongMethod } from './reply.ts';
import { everyPath, find, type Hit } from './routes.ts';
import type { openAsk } from './two-persons.ts';

/** What API Gateway's proxy integration (version 1.0) hands in, as far as it is read here. */
export interface ProxyEvent {
  httpMethod: string;
  path: string;
  resource?: string;
  pathParameters?: Record<string, string | undefined> | null;
  headers?: Record<string, string | undefined> | null;
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

export interface DoorDeps extends AdmitDeps {
  readonly operations: Operations;
  readonly once: Once;
  readonly log: LogSink;
  /** Asks for a second person. */
  readonly second: ReturnType<typeof openAsk>;
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

const header = ({ headers }: ProxyEvent, name: string): string | undefined =>
  Object.entries(headers ?? {}).find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];

/** An answer that has a mark; to whoever holds it already it is said that it still stands. */
const marked = (event: ProxyEvent, endpoint: Endpoint, reply: AnyReply): AnyReply => {
  if (!endpoint.etag || reply.status !== 200) return reply;
  const etag = etagOf(reply.body);
  const headers = { ...reply.headers, etag };
  return stillStands(header(event, 'If-None-Match'), etag) ? { status: 304, body: undefined, headers } : { ...reply, headers };
};

/** Does what fits, or asks for the second person that it takes; once for each key that its caller gives it. */
const keyed = async (deps: DoorDeps, event: ProxyEvent, { endpoint, params }: Hit, ask: Ask<Operation>): Promise<AnyReply> => {
  // The contract that just parsed query and body is the one the operation's types come from.
  const perform = deps.operations[endpoint.operation] as Perform<Operation>;
  const act = (): Promise<AnyReply> => ('twoPersons' in endpoint ? deps.second(endpoint.operation, ask) : perform(ask));
  const given = endpoint.method === 'GET' ? undefined : header(event, IDEMPOTENCY_KEY);
  if (given === undefined || 'unkept' in endpoint) return act();
  const key = IdempotencyKey.safeParse(given);
  if (!key.success) return invalidFields(fieldErrors(key.error, IDEMPOTENCY_KEY));
  const request = sha256(canonical([endpoint.operation, params, ask.raw]));
  return deps.once({ sub: ask.caller.sub, key: key.data, request }, act);
};

const perform = async (deps: DoorDeps, event: ProxyEvent, hit: Hit, caller: Caller): Promise<AnyReply> => {
  const { endpoint, params } = hit;
  const role = await admit(deps, endpoint, caller);
  if (typeof role !== 'string') return role;
  const query = 'query' in endpoint ? readQuery(event.queryStringParameters, endpoint.query) : NOTHING;
  if (!query.ok) return query.reply;
  const body = 'body' in endpoint ? readBody(bodyOf(event), endpoint) : NOTHING;
  if (!body.ok) return body.reply;
  const ask = { caller, role, params, query: query.value.parsed, body: body.value.parsed, raw: body.value.raw };
  const reply = await keyed(deps, event, hit, ask as Ask<Operation>);
  return marked(event, endpoint, seesPersons(deps.access, caller) ? reply : { ...reply, body: masked(reply.body) });
};

const answer = async (deps: DoorDeps, event: ProxyEvent): Promise<AnyReply> => {
  const caller = callerOf(event.requestContext);
  if (!caller) return unauthenticated('Send an access token of this installation as Authorization: Bearer');
  const found = find(event.httpMethod, event.path, event);
  if (!found) return notFound(`There is no ${event.path.slice(0, 200)} here. There are: ${everyPath()}`);
  if ('allow' in found) return wrongMethod(found.allow)(`Use ${found.allow} here`);
  return perform(deps, event, found, caller);
};

/** The door for REST: who may, what fits, and every failure as a problem that tells nothing it should not. */
export const restDoor =
  (deps: DoorDeps) =>
  async (event: ProxyEvent): Promise<ProxyResult> => {
    let reply: AnyReply;
    try {
      reply = await answer(deps, event);
    } catch (error) {
      const requestId = event.requestContext?.requestId ?? 'unknown';
      say(deps.log, 'error', 'invocation.failed', { requestId, method: event.httpMethod, ...errorFields(error) });
      const isBusy = error instanceof Error && BUSY.has(error.name);
      reply = isBusy
        ? unavailable('Try again in a moment')
        : failed(`Try again; if it stays so, give the operator the request id ${requestId}`);
    }
    return {
      statusCode: reply.status,
      headers: { ...HEADERS, ...reply.headers },
      body: reply.status === 304 ? '' : JSON.stringify(reply.body),
    };
  };
