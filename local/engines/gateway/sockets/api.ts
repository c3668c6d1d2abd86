import type { Resource } from '../../../template/index.ts';
import { formatOf } from '../access-log.ts';
import { type Authorizer, createAuthorizer } from '../authorizer.ts';
import { functionOf, type GatewayGround } from '../ground.ts';
import { type Rate, rateOf } from '../throttle.ts';

export interface SocketRoute {
  readonly functionArn: string;
  readonly authorizer?: Authorizer;
  /** What the function answers goes back to the caller: the route has a route response. */
  readonly answers: boolean;
}

export interface SocketStage {
  readonly variables: Readonly<Record<string, string>>;
  readonly rate: Rate | undefined;
  /** Of its access log. */
  readonly format: string | undefined;
}

/** A WebSocket API of the template: its stages and where its routes lead. */
export interface SocketApi {
  readonly id: string;
  readonly stages: ReadonlyMap<string, SocketStage>;
  readonly routes: ReadonlyMap<string, SocketRoute>;
  /** The route of a message, by the API's route selection expression. */
  routeFor(message: string): string;
}

/** `$request.body.action` → the value of `action`; anything that has none goes to `$default`. */
const selector = (expression: string, known: ReadonlySet<string>): ((message: string) => string) => {
  const path = /^\$request\.body\.(.+)$/.exec(expression)?.[1]?.split('.') ?? [];
  return (message) => {
    try {
      let value: unknown = JSON.parse(message);
      for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
      return typeof value === 'string' && known.has(value) && !value.startsWith('$') ? value : '$default';
    } catch {
      return '$default';
    }
  };
};

const routeOf = (
  route: Resource,
  integrations: ReadonlyMap<string, Resource>,
  authorizers: ReadonlyMap<string, Authorizer>,
  responses: readonly Resource[],
): SocketRoute => {
  const integration = integrations.get(String(route.properties['Target']).replace('integrations/', ''));
  const functionArn = functionOf(integration?.properties['IntegrationUri']);
  if (!functionArn || integration?.properties['IntegrationType'] !== 'AWS_PROXY') {
    throw new Error(`${route.stack}.${route.logicalId}: only AWS_PROXY integrations to functions are run here`);
  }
  const wanted = route.properties['AuthorizationType'] === 'CUSTOM';
  const answers =
    route.properties['RouteResponseSelectionExpression'] !== undefined &&
    responses.some(({ properties }) => properties['RouteId'] === route.ref && properties['RouteResponseKey'] === '$default');
  return { functionArn, answers, authorizer: wanted ? authorizers.get(String(route.properties['AuthorizerId'])) : undefined };
};

const stageOf = ({ properties }: Resource): SocketStage => {
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = (properties['DefaultRouteSettings'] ?? {}) as Record<string, unknown>;
  return {
    variables: (properties['StageVariables'] ?? {}) as Record<string, string>,
    rate: rateOf(ThrottlingRateLimit, ThrottlingBurstLimit),
    format: formatOf(properties['AccessLogSettings']),
  };
};

/** Reads one WebSocket API out of the template's resources. */
export const socketApi = (api: Resource, ofType: (type: string) => Resource[], ground: GatewayGround): SocketApi => {
  if (api.properties['ProtocolType'] !== 'WEBSOCKET')
    throw new Error(`${api.stack}.${api.logicalId}: only WebSocket APIs are run here, and REST APIs of version 1`);
  const own = (type: string): Resource[] =>
    ofType(`AWS::ApiGatewayV2::${type}`).filter(({ properties }) => properties['ApiId'] === api.ref);
  const integrations = new Map(own('Integration').map((resource) => [resource.ref, resource]));
  const authorizers = new Map(own('Authorizer').map((resource) => [resource.ref, createAuthorizer(resource, api.ref, ground)]));
  const routes = new Map(
    own('Route').map((route) => [String(route.properties['RouteKey']), routeOf(route, integrations, authorizers, own('RouteResponse'))]),
  );
  return {
    id: api.ref,
    stages: new Map(own('Stage').map((stage) => [stage.ref, stageOf(stage)])),
    routes,
    routeFor: selector(String(api.properties['RouteSelectionExpression'] ?? ''), new Set(routes.keys())),
  };
};
