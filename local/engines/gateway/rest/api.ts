import type { InvokeOutcome } from '../../../kernel/engine.ts';
import type { Resource } from '../../../template/index.ts';
import type { Authorizer } from '../authorizer.ts';
import { executeArn, functionOf, type GatewayGround } from '../ground.ts';
import { queryOf } from '../headers.ts';
import { baseEvent, type Facts, proxyEvent, type RestRequest } from './event.ts';
import type { Refuse, Response } from './responses.ts';
import { find, type Route } from './routes.ts';

/** API Gateway's limits. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
const LONGEST_INTEGRATION_MS = 29_000;

export interface RestApi {
  readonly id: string;
  readonly stage: string;
  readonly routes: readonly Route[];
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly refuse: Refuse;
}

interface ProxyAnswer {
  readonly statusCode?: unknown;
  readonly headers?: Record<string, unknown> | null;
  readonly multiValueHeaders?: Record<string, unknown[]> | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** The function's answer as HTTP, or undefined where it is no answer. */
const responseOf = (payload: unknown, requestId: string): Response | undefined => {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = payload as ProxyAnswer;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599 || (body !== undefined && body !== null && typeof body !== 'string'))
    return undefined;
  const named = [
    ...Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(multiValueHeaders ?? {}),
  ];
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.map(String) : String(value)])),
    },
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
};

const routeArn = (ground: GatewayGround, { id, stage }: RestApi, method: string, path: string): string =>
  executeArn(ground, `${id}/${stage}/${method}${path}`);

/** The outcome, or `late` when the clock was faster. */
const within = (ground: GatewayGround, ms: number, work: Promise<InvokeOutcome>): Promise<InvokeOutcome | 'late'> =>
  new Promise((resolve, reject) => {
    const cancel = ground.scheduler.after(ms, () => resolve('late'));
    work.then(resolve, reject).finally(cancel);
  });

const integrate = async (
  ground: GatewayGround,
  api: RestApi,
  request: RestRequest,
  facts: Facts,
  authorizer?: Record<string, unknown>,
): Promise<Response> => {
  const { requestId, route } = facts;
  const integration = (route.resource.properties['Integration'] ?? {}) as Record<string, unknown>;
  const uri = functionOf(integration['Uri']) ?? '';
  if (!ground.permits(uri, routeArn(ground, api, request.method, route.path))) {
    ground.complain('API Gateway may not invoke the function of this route: the template has no permission for it', {
      function: uri,
      route: route.path,
    });
    return api.refuse('API_CONFIGURATION_ERROR', requestId);
  }
  const limit = Math.min(Number(integration['TimeoutInMillis'] ?? LONGEST_INTEGRATION_MS), LONGEST_INTEGRATION_MS);
  const outcome = await within(ground, limit, ground.invoke(uri, proxyEvent(request, facts, authorizer)));
  if (outcome === 'late') return api.refuse('INTEGRATION_TIMEOUT', requestId);
  if (!outcome.ok) {
    ground.complain('The function of this route failed', { function: uri, route: route.path, error: outcome.error, cause: outcome.cause });
    return api.refuse('DEFAULT_5XX', requestId);
  }
  const response = responseOf(outcome.payload, requestId);
  if (!response) ground.complain('The function answered what is no HTTP response', { function: uri, route: route.path });
  return response ?? api.refuse('DEFAULT_5XX', requestId);
};

const REFUSED = { unauthorized: 'UNAUTHORIZED', denied: 'ACCESS_DENIED', failed: 'AUTHORIZER_FAILURE' } as const;

/** API Gateway says 404 here; a newcomer is better served by what the path does take. */
const notAllowed = (api: RestApi, { method }: RestRequest, path: string, requestId: string, allowed: readonly string[]): Response => {
  const allow = allowed.join(', ');
  const problem = {
    type: 'urn:swoe:problem:method-not-allowed',
    title: 'Not with this method',
    detail: `/${api.stage}${path} takes ${allow}, not ${method}.`,
  };
  return api.refuse('MISSING_AUTHENTICATION_TOKEN', requestId, { status: 405, problem, headers: { allow } });
};

/** One request to a REST API; `path` is below the stage. */
export const serveRest = async (
  ground: GatewayGround,
  api: RestApi,
  request: RestRequest,
  path: string,
  search: string,
): Promise<Response> => {
  const requestId = ground.scheduler.uuid();
  ground.meter('apigateway', 'REST requests', 1);
  if ((request.body?.length ?? 0) > MAX_BODY_BYTES) return api.refuse('REQUEST_TOO_LARGE', requestId);
  const found = find(api.routes, request.method, path);
  if ('nearest' in found) {
    const nearest = found.nearest ? ` The nearest is ${found.nearest.method} /${api.stage}${found.nearest.path}.` : '';
    return api.refuse('MISSING_AUTHENTICATION_TOKEN', requestId, {
      status: 404,
      problem: { detail: `Nothing is at /${api.stage}${path}.${nearest}` },
    });
  }
  if ('allowed' in found) return notAllowed(api, request, path, requestId, found.allowed);
  const { region, account, scheduler } = ground;
  const facts: Facts = {
    apiId: api.id,
    stage: api.stage,
    region,
    account,
    requestId,
    now: scheduler.now(),
    path,
    query: queryOf(search),
    ...found,
  };
  const { properties } = found.route.resource;
  if (properties['AuthorizationType'] === 'NONE') return integrate(ground, api, request, facts);
  const authorizer = api.authorizers.get(String(properties['AuthorizerId']));
  if (!authorizer) return api.refuse('AUTHORIZER_CONFIGURATION_ERROR', requestId);
  const methodArn = routeArn(ground, api, request.method, path);
  const verdict = await authorizer({ methodArn, event: baseEvent(request, facts), headers: request.headers, query: facts.query });
  return verdict.word === 'allow' ? integrate(ground, api, request, facts, verdict.context) : api.refuse(REFUSED[verdict.word], requestId);
};

/** Only what can be run: AWS_PROXY to a function, behind a Lambda authorizer or none. */
export const checkMethod = ({ stack, logicalId, properties }: Resource): void => {
  const { Type, Uri } = (properties['Integration'] ?? {}) as Record<string, unknown>;
  const authorization = String(properties['AuthorizationType'] ?? 'NONE');
  if (Type !== 'AWS_PROXY' || !functionOf(Uri))
    throw new Error(`${stack}.${logicalId}: only AWS_PROXY integrations to functions are run here, not ${String(Type)}`);
  if (!['NONE', 'CUSTOM'].includes(authorization))
    throw new Error(`${stack}.${logicalId}: only Lambda authorizers are run here, not ${authorization}`);
};
