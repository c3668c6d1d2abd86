import { createGateway } from '../../../../local/engines/gateway/index.ts';
import type { InvokeOutcome } from '../../../../local/kernel/engine.ts';
import { createVirtualScheduler, type VirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';
import type { Resource } from '../../../../local/template/index.ts';

const fn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const uri = (name: string): string => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${fn(name)}/invocations`;
const resource = (type: string, ref: string, properties: Record<string, unknown>, attributes: Record<string, string> = {}): Resource => ({
  stack: 'test',
  logicalId: ref,
  type: `AWS::${type}`,
  properties,
  ref,
  attributes,
});

const path = (ref: string, PathPart: string, ParentId: string) =>
  resource('ApiGateway::Resource', ref, { RestApiId: 'rest', ParentId, PathPart });
const method = (HttpMethod: string, ResourceId: string, more: object = {}) =>
  resource('ApiGateway::Method', `${HttpMethod}-${ResourceId}`, {
    RestApiId: 'rest',
    ResourceId,
    HttpMethod,
    AuthorizationType: 'CUSTOM',
    AuthorizerId: 'guard',
    Integration: { Type: 'AWS_PROXY', Uri: uri('api'), TimeoutInMillis: 20_000 },
    ...more,
  });
const answer = (ResponseType: string, StatusCode: string | undefined, body: object) =>
  resource('ApiGateway::GatewayResponse', ResponseType, {
    RestApiId: 'rest',
    ResponseType,
    ...(StatusCode ? { StatusCode } : {}),
    ResponseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
    ResponseTemplates: { 'application/json': JSON.stringify(body) },
  });

const REST = [
  resource('ApiGateway::RestApi', 'rest', { BinaryMediaTypes: ['image/png'], ApiKeySourceType: 'AUTHORIZER' }, { RootResourceId: 'root' }),
  resource('ApiGateway::Stage', 'api', {
    RestApiId: 'rest',
    Variables: { colour: 'blue' },
    MethodSettings: [
      { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
      { ResourcePath: '/orchestration/workflows/own', HttpMethod: 'GET', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 3 },
    ],
    AccessLogSetting: {
      DestinationArn: 'arn:logs',
      Format: '{"method":"$context.httpMethod","path":"$context.resourcePath","status":"$context.status","user":"$context.identity.user"}',
    },
  }),
  path('orchestration', 'orchestration', 'root'),
  path('status', 'status', 'orchestration'),
  path('workflows', 'workflows', 'orchestration'),
  path('workflow', '{name}', 'workflows'),
  path('own', 'own', 'workflows'),
  path('orders', 'orders', 'orchestration'),
  path('metered', 'metered', 'orchestration'),
  path('token', 'token', 'orchestration'),
  method('GET', 'status'),
  method('POST', 'orders', {
    RequestValidatorId: 'strict',
    RequestModels: { 'application/json': 'Order' },
    RequestParameters: { 'method.request.querystring.dry': true, 'method.request.querystring.limit': false },
  }),
  method('GET', 'metered', { ApiKeyRequired: true }),
  method('GET', 'token', { AuthorizerId: 'tokens' }),
  method('OPTIONS', 'status', {
    AuthorizationType: 'NONE',
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{ statusCode: 204 }' },
      IntegrationResponses: [
        {
          StatusCode: '204',
          ResponseParameters: {
            'method.response.header.Access-Control-Allow-Origin': "'*'",
            'method.response.header.Access-Control-Allow-Methods': "'GET,POST'",
          },
        },
      ],
    },
  }),
  resource('ApiGateway::RequestValidator', 'strict', { RestApiId: 'rest', ValidateRequestBody: true, ValidateRequestParameters: true }),
  resource('ApiGateway::Model', 'Order', {
    RestApiId: 'rest',
    Schema: { type: 'object', required: ['name'], properties: { count: { type: 'integer' } } },
  }),
  resource('ApiGateway::UsagePlan', 'plan', {
    ApiStages: [{ ApiId: 'rest', Stage: 'api' }],
    Throttle: { RateLimit: 1, BurstLimit: 2 },
    Quota: { Limit: 3, Period: 'DAY' },
  }),
  resource('ApiGateway::ApiKey', 'busy', { Value: 'key-of-the-busy' }),
  resource('ApiGateway::UsagePlanKey', 'link', { UsagePlanId: 'plan', KeyId: 'busy' }),
  resource('ApiGateway::Authorizer', 'tokens', {
    RestApiId: 'rest',
    Type: 'TOKEN',
    AuthorizerUri: uri('authorizer'),
    IdentitySource: 'method.request.header.X-Token',
    IdentityValidationExpression: 'good-\\d+',
  }),
  method('POST', 'status', { AuthorizationType: 'NONE' }),
  method('GET', 'workflow'),
  method('GET', 'own'),
  resource('ApiGateway::Authorizer', 'guard', {
    RestApiId: 'rest',
    AuthorizerUri: uri('authorizer'),
    IdentitySource: 'method.request.header.Authorization',
    AuthorizerResultTtlInSeconds: 60,
  }),
  answer('BAD_REQUEST_BODY', '400', { title: 'Wrong', errors: [{ path: 'body', message: '$context.error.validationErrorString' }] }),
  answer('UNAUTHORIZED', '401', { title: 'Who are you?', status: 401 }),
  answer('ACCESS_DENIED', '403', { title: 'No', status: 403 }),
  answer('MISSING_AUTHENTICATION_TOKEN', '404', { title: 'Nothing', status: 404 }),
  answer('REQUEST_TOO_LARGE', '413', { title: 'Too large', status: 413 }),
  answer('INTEGRATION_TIMEOUT', '504', { title: 'Too late', status: 504 }),
  answer('DEFAULT_5XX', undefined, { title: 'Broken', id: '$context.requestId' }),
];

const route = (RouteKey: string, more: object = {}) =>
  resource('ApiGatewayV2::Route', RouteKey, { ApiId: 'ws', RouteKey, Target: 'integrations/connect', AuthorizationType: 'NONE', ...more });

const SOCKETS = [
  resource('ApiGatewayV2::Api', 'ws', { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
  resource('ApiGatewayV2::Stage', 'events', { ApiId: 'ws' }),
  resource('ApiGatewayV2::Stage', 'alerts', {
    ApiId: 'ws',
    StageVariables: { colour: 'red' },
    DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
    AccessLogSettings: { DestinationArn: 'arn:logs', Format: '{"route":"$context.routeKey","status":"$context.status"}' },
  }),
  resource('ApiGatewayV2::Integration', 'connect', { ApiId: 'ws', IntegrationType: 'AWS_PROXY', IntegrationUri: uri('connect') }),
  resource('ApiGatewayV2::Authorizer', 'gate', { ApiId: 'ws', AuthorizerUri: uri('authorizer') }),
  route('$connect', { AuthorizationType: 'CUSTOM', AuthorizerId: 'gate' }),
  route('$disconnect'),
  route('$default'),
  route('ping'),
  route('ask', { RouteResponseSelectionExpression: '$default' }),
  resource('ApiGatewayV2::RouteResponse', 'answer', { ApiId: 'ws', RouteId: 'ask', RouteResponseKey: '$default' }),
];

export interface ProxyEvent {
  readonly path: string;
  readonly headers: Record<string, string> | null;
  readonly pathParameters: Record<string, string> | null;
  readonly queryStringParameters: Record<string, string> | null;
  readonly body: string | null;
  readonly methodArn?: string;
  readonly stageVariables?: Record<string, string> | null;
  readonly requestContext: {
    routeKey?: string;
    stage: string;
    authorizer?: Record<string, unknown>;
    connectionId?: string;
    resourcePath?: string;
    path?: string;
  };
}

type Handler = (event: ProxyEvent) => unknown;
export type Functions = Partial<Record<'api' | 'authorizer' | 'connect', Handler>>;

export const policy = (Effect: 'Allow' | 'Deny', Resource = '*') => ({
  principalId: 'ann',
  policyDocument: { Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] },
  context: { roles: 'viewer' },
});

/** Answers as its token says: `Bearer ok`, `Bearer no`, `Bearer broken`; anything else is nobody. */
const authorizer: Handler = ({ headers }) => {
  const token = headers?.['Authorization'];
  if (token === 'Bearer broken') throw new Error('the keys are gone');
  if (token !== 'Bearer ok' && token !== 'Bearer no') throw new Error('Unauthorized');
  return policy(token === 'Bearer ok' ? 'Allow' : 'Deny');
};

export const ok = { Authorization: 'Bearer ok' };

/** A gateway over a small template, its functions made of plain handlers. `calls` are the events they got, by function. */
export const openGateway = (functions: Functions = {}, permits = true) => {
  const scheduler: VirtualScheduler = createVirtualScheduler({ start: Date.UTC(2026, 10, 22) });
  const all = [...REST, ...SOCKETS];
  const calls: { name: string; event: ProxyEvent }[] = [];
  const complaints: string[] = [];
  const accesses: object[] = [];
  const handlers: Required<Functions> = {
    api: () => ({ statusCode: 200, body: '{}' }),
    connect: () => ({ statusCode: 200 }),
    authorizer,
    ...functions,
  };
  const invoke = async (arn: string, event: unknown): Promise<InvokeOutcome> => {
    const name = arn.split(':').at(-1) as keyof Functions;
    calls.push({ name, event: event as ProxyEvent });
    try {
      return { ok: true, payload: await handlers[name](event as ProxyEvent) };
    } catch (error) {
      return { ok: false, error: 'Error', cause: JSON.stringify({ errorType: 'Error', errorMessage: (error as Error).message }) };
    }
  };
  const gateway = createGateway(
    { ofType: (...types) => all.filter(({ type }) => types.includes(type)) },
    {
      scheduler,
      region: 'us-east-1',
      account: '000000000000',
      meter: () => {},
      invoke,
      permits: () => permits,
      complain: (message) => complaints.push(message),
      access: (_stage, line) => accesses.push(line),
    },
  );
  return {
    gateway,
    scheduler,
    calls,
    complaints,
    accesses,
    callsOf: (name: string) => calls.filter((call) => call.name === name).map(({ event }) => event),
  };
};
