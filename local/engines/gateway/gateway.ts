import type { Serve } from '../../kernel/engine.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Resource } from '../../template/index.ts';
import { formatOf } from './access-log.ts';
import { createAuthorizer } from './authorizer.ts';
import type { GatewayGround } from './ground.ts';
import { type Pairs, targetOf } from './headers.ts';
import { connectInMemory, type Ear, type MemoryClient } from './memory-client.ts';
import { checkMethod, type RestApi, serveRest } from './rest/api.ts';
import { methodThrottle } from './rest/method-throttle.ts';
import { type Response, refuser } from './rest/responses.ts';
import { routesOf } from './rest/routes.ts';
import { usageOf } from './rest/usage.ts';
import { validator } from './rest/validate.ts';
import { socketApi } from './sockets/api.ts';
import { manageConnections } from './sockets/manage.ts';
import { createSockets, type Sockets } from './sockets/sockets.ts';

/** Below this path the WebSocket API's stages stand, as behind its domain in AWS. */
export const SOCKET_PATH = '/ws/orchestration';

export interface GatewayRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | Pairs;
  readonly body?: string | Buffer;
  readonly sourceIp?: string;
}

export interface Gateway {
  request(request: GatewayRequest): Promise<Response>;
  /** A client without a port. Rejects with `Refused` where the handshake is refused. */
  connect(
    channel: string,
    options?: { headers?: Readonly<Record<string, string>>; query?: Readonly<Record<string, string>>; ear?: Ear },
  ): Promise<MemoryClient>;
  /** `execute-api <endpoint>`. */
  connections(endpoint: string): Serve;
  readonly rest: readonly RestApi[];
  readonly sockets: readonly Sockets[];
}

interface Template {
  ofType(...types: string[]): Resource[];
}

const restApis = (api: Resource, ofType: Template['ofType'], ground: GatewayGround): RestApi[] => {
  const all = (type: string): Resource[] => ofType(`AWS::ApiGateway::${type}`);
  const own = (type: string): Resource[] => all(type).filter(({ properties }) => properties['RestApiId'] === api.ref);
  const methods = own('Method');
  methods.forEach(checkMethod);
  const shared = {
    id: api.ref,
    routes: routesOf(api.attributes['RootResourceId'] ?? '', own('Resource'), methods),
    authorizers: new Map(own('Authorizer').map((resource) => [resource.ref, createAuthorizer(resource, api.ref, ground)])),
    refuse: refuser(own('GatewayResponse')),
    validate: validator(own('RequestValidator'), own('Model')),
    keyFromAuthorizer: api.properties['ApiKeySourceType'] === 'AUTHORIZER',
    binary: ((api.properties['BinaryMediaTypes'] ?? []) as string[]).map((type) => type.replace('~1', '/').toLowerCase()),
  };
  return own('Stage').map((stage) => ({
    ...shared,
    stage: stage.ref,
    variables: (stage.properties['Variables'] ?? {}) as Record<string, string>,
    throttle: methodThrottle(stage),
    usage: usageOf(api.ref, stage.ref, all('UsagePlan'), all('UsagePlanKey'), all('ApiKey')),
    format: formatOf(stage.properties['AccessLogSetting']),
  }));
};

/** Outside every API there is no template to word the answer. */
const nowhere = (rest: readonly RestApi[], path: string): Response => {
  const [api] = rest;
  const where = api ? ` REST stands below /${api.stage}, the channels below ${SOCKET_PATH}.` : '';
  const problem = {
    type: 'urn:swoe:problem:not-found',
    title: 'There is nothing here',
    status: 404,
    detail: `Nothing is at ${path}.${where}`,
  };
  return { status: 404, headers: { 'content-type': 'application/problem+json' }, body: Buffer.from(JSON.stringify(problem)) };
};

const pairs = (given: GatewayRequest['headers'] = {}): Pairs =>
  Array.isArray(given) ? (given as Pairs) : Object.entries(given as Record<string, string>);

/** API Gateway: the REST and WebSocket APIs of the template, with its authorizers, on the ground's clock. */
export const createGateway = (template: Template, ground: GatewayGround): Gateway => {
  const ofType = (...types: string[]) => template.ofType(...types);
  const rest = ofType('AWS::ApiGateway::RestApi').flatMap((api) => restApis(api, ofType, ground));
  const sockets = ofType('AWS::ApiGatewayV2::Api').map((api) => createSockets(socketApi(api, ofType, ground), ground));
  const stages = rest.map(({ stage }) => stage);
  if (new Set(stages).size < stages.length)
    throw new Refusal(
      `Two REST APIs of the template have the same stage (${stages.join(', ')}), so one path would mean both: name them apart.`,
    );

  return {
    rest,
    sockets,
    connections: (endpoint) => manageConnections(sockets, endpoint),
    request: async ({ method, path: full, headers, body, sourceIp }) => {
      const { pathname, search } = targetOf(full);
      const api = rest.find(({ stage }) => pathname === `/${stage}` || pathname.startsWith(`/${stage}/`));
      if (!api) return nowhere(rest, pathname);
      const path = pathname.slice(api.stage.length + 1) || '/';
      return serveRest(ground, api, { method, path: full, headers: pairs(headers), body, sourceIp }, decoded(path), search);
    },
    connect: (channel, { headers = {}, query = {}, ear } = {}) => {
      const owner = sockets.find(({ api }) => api.stages.has(channel)) ?? sockets[0];
      if (!owner) throw new Refusal('The template has no WebSocket API.');
      return connectInMemory(owner, channel, Object.entries(headers), Object.entries(query), ear);
    },
  };
};

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
