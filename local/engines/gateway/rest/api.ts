import type { Resource } from '../../../template/index.ts';
import { accessLine } from '../access-log.ts';
import type { Authorizer } from '../authorizer.ts';
import { executeArn, functionOf, type GatewayGround } from '../ground.ts';
import { header, queryOf } from '../headers.ts';
import { baseEvent, commonLogTime, type Facts, identityOf, type RestRequest } from './event.ts';
import { integrate, MAX_BODY_BYTES } from './integrate.ts';
import { checkMock } from './mock.ts';
import type { Refuse, Response } from './responses.ts';
import { type Found, find, type Route } from './routes.ts';
import type { Usage } from './usage.ts';
import type { Validate } from './validate.ts';

export interface RestApi {
  readonly id: string;
  readonly stage: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly refuse: Refuse;
  readonly validate: Validate;
  /** Whether one more request to this method may pass now. */
  readonly throttle: (route: Route, now: number) => boolean;
  readonly usage: Usage;
  /** Whether the authorizer says the API key, and not a header. */
  readonly keyFromAuthorizer: boolean;
  /** Media types that are bytes. */
  readonly binary: readonly string[];
  /** Of its access log. */
  readonly format: string | undefined;
}

/** The request line and all headers together. */
const MAX_HEADER_BYTES = 10_240;

const headerBytes = ({ method, path, headers }: RestRequest): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, method.length + path.length + 11);

const REFUSED = {
  unauthorized: 'UNAUTHORIZED',
  denied: 'ACCESS_DENIED',
  failed: 'AUTHORIZER_FAILURE',
  misconfigured: 'AUTHORIZER_CONFIGURATION_ERROR',
} as const;

/** API Gateway says 404 or 403 here; a newcomer is better served by what there is. */
const notFound = (
  api: RestApi,
  { method }: RestRequest,
  path: string,
  requestId: string,
  found: Exclude<Found, { route: Route }>,
): Response => {
  const refuse = (status: number, problem: object, headers = {}) =>
    api.refuse('MISSING_AUTHENTICATION_TOKEN', requestId, { status, problem, headers });
  if ('allowed' in found) {
    const allow = found.allowed.join(', ');
    const detail = `/${api.stage}${path} takes ${allow}, not ${method}.`;
    return refuse(405, { type: 'urn:swoe:problem:method-not-allowed', title: 'Not with this method', detail }, { allow });
  }
  const nearest = found.nearest ? ` The nearest is ${found.nearest.method} /${api.stage}${found.nearest.path}.` : '';
  return refuse(404, { detail: `Nothing is at /${api.stage}${path}.${nearest}` });
};

type Admitted = { authorizer?: Record<string, unknown> } | { refusal: Response };

const authorised = async (ground: GatewayGround, api: RestApi, request: RestRequest, facts: Facts): Promise<Admitted> => {
  const { properties } = facts.route.resource;
  if ((properties['AuthorizationType'] ?? 'NONE') === 'NONE') return {};
  const authorizer = api.authorizers.get(String(properties['AuthorizerId']));
  if (!authorizer) return { refusal: api.refuse('AUTHORIZER_CONFIGURATION_ERROR', facts.requestId) };
  const event = baseEvent(request, facts);
  const verdict = await authorizer({
    methodArn: executeArn(ground, `${api.id}/${api.stage}/${request.method}${facts.path}`),
    event,
    headers: request.headers,
    query: facts.query,
    variables: api.variables,
    context: event.requestContext,
  });
  return verdict.word === 'allow' ? { authorizer: verdict.context } : { refusal: api.refuse(REFUSED[verdict.word], facts.requestId) };
};

/** Rates and quotas of whoever asks, then of the method, then whether the request is what the method takes. */
const admitted = (
  api: RestApi,
  request: RestRequest,
  { route, requestId, now, query }: Facts,
  known?: Record<string, unknown>,
): Response | undefined => {
  if (route.resource.properties['ApiKeyRequired'] === true) {
    const key = api.keyFromAuthorizer ? known?.['usageIdentifierKey'] : header(request.headers, 'x-api-key');
    const refused = api.usage(typeof key === 'string' ? key : undefined, route, now);
    if (refused) return api.refuse(refused, requestId);
  }
  if (!api.throttle(route, now)) return api.refuse('THROTTLED', requestId);
  const wrong = api.validate(route.resource, { headers: request.headers, query, body: request.body?.toString('utf8') ?? '' });
  return wrong && api.refuse(wrong.kind, requestId, wrong);
};

const answer = async (ground: GatewayGround, api: RestApi, request: RestRequest, facts: Facts): Promise<Response> => {
  const who = await authorised(ground, api, request, facts);
  if ('refusal' in who) return who.refusal;
  const refusal = admitted(api, request, facts, who.authorizer);
  if (refusal) return refusal;
  const { usageIdentifierKey: _, ...authorizer } = who.authorizer ?? {};
  return integrate(ground, api, request, facts, who.authorizer && authorizer);
};

const logged = (
  ground: GatewayGround,
  api: RestApi,
  request: RestRequest,
  facts: Partial<Facts> & Pick<Facts, 'requestId' | 'now'>,
  response: Response,
): void => {
  if (!ground.access || !api.format) return;
  const identity = identityOf(request);
  const values = {
    requestId: facts.requestId,
    extendedRequestId: facts.requestId,
    'identity.sourceIp': identity.sourceIp,
    'identity.userAgent': identity.userAgent,
    requestTime: commonLogTime(facts.now),
    requestTimeEpoch: facts.now,
    httpMethod: request.method,
    path: request.path.split('?')[0],
    resourcePath: facts.route?.path,
    status: response.status,
    protocol: 'HTTP/1.1',
    responseLength: response.body.length,
    stage: api.stage,
    apiId: api.id,
    responseLatency: ground.scheduler.now() - facts.now,
  };
  ground.access(api.stage, accessLine(api.format, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))));
};

/** One request to a REST API; `path` is below the stage. */
export const serveRest = async (
  ground: GatewayGround,
  api: RestApi,
  request: RestRequest,
  path: string,
  search: string,
): Promise<Response> => {
  const { region, account, scheduler } = ground;
  const requestId = scheduler.uuid();
  const now = scheduler.now();
  ground.meter('apigateway', 'REST requests', 1);
  const reply = async (): Promise<[Response, Facts?]> => {
    if (headerBytes(request) > MAX_HEADER_BYTES) return [api.refuse('REQUEST_TOO_LARGE', requestId, { status: 431 })];
    if ((request.body?.length ?? 0) > MAX_BODY_BYTES) return [api.refuse('REQUEST_TOO_LARGE', requestId)];
    const found = find(api.routes, request.method, path);
    if (!('route' in found)) return [notFound(api, request, path, requestId, found)];
    const variables = Object.keys(api.variables).length > 0 ? api.variables : null;
    const facts: Facts = {
      apiId: api.id,
      stage: api.stage,
      variables,
      region,
      account,
      requestId,
      now,
      path,
      query: queryOf(search),
      ...found,
    };
    return [await answer(ground, api, request, facts), facts];
  };
  const [response, facts] = await reply();
  logged(ground, api, request, facts ?? { requestId, now }, response);
  return response;
};

/** Only what can be run: AWS_PROXY to a function, or a MOCK with a fixed answer, behind a Lambda authorizer or none. */
export const checkMethod = (method: Resource): void => {
  const { stack, logicalId, properties } = method;
  const { Type, Uri } = (properties['Integration'] ?? {}) as Record<string, unknown>;
  const authorization = String(properties['AuthorizationType'] ?? 'NONE');
  if (Type === 'MOCK') checkMock(method);
  else if (Type !== 'AWS_PROXY' || !functionOf(Uri))
    throw new Error(`${stack}.${logicalId}: only AWS_PROXY integrations to functions and fixed MOCKs are run here, not ${String(Type)}`);
  if (!['NONE', 'CUSTOM'].includes(authorization))
    throw new Error(`${stack}.${logicalId}: only Lambda authorizers are run here, not ${authorization}`);
};
