import { AwsError } from '../../kernel/aws-error.ts';
import type { Resource } from '../../template/index.ts';
import type { OwnGround, OwnService } from './own.ts';

type Fields = Record<string, unknown>;

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Names that are the caller's own, not API Gateway's: header names, stage variables, media types. */
const VERBATIM = new Set([
  'ResponseParameters',
  'RequestParameters',
  'ResponseTemplates',
  'RequestTemplates',
  'RequestModels',
  'Variables',
  'Schema',
]);

/** A template's properties as the API shows them: the same names, beginning in lower case. */
const shown = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [lower(name), VERBATIM.has(name) ? item : shown(item)]));
};

/** Tags are a list in templates of version 1, a map in its answers. */
const tags = (value: unknown): unknown =>
  Array.isArray(value) ? Object.fromEntries((value as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])) : value;

/** Members that are of another kind in answers than in templates. */
const ODD: Readonly<Record<string, (value: unknown) => readonly [name: string, value: unknown]>> = {
  AccessLogSetting: (value) => ['accessLogSettings', shown(value)],
  MethodSettings: (value) => ['methodSettings', methodSettings(value as Fields[])],
  Schema: (value) => ['schema', typeof value === 'string' ? value : JSON.stringify(value)],
  Tags: (value) => ['tags', tags(value)],
  UsagePlanName: (value) => ['name', value],
};

/** Settings by `resource/method`, a slash in a path written as `~1`. */
const methodSettings = (settings: readonly Fields[]): Fields =>
  Object.fromEntries(
    settings.map(({ ResourcePath, HttpMethod, ...rest }) => {
      const path = ResourcePath === '/*' ? '*' : String(ResourcePath).replace(/^\//, '').replaceAll('/', '~1');
      return [`${path}/${String(HttpMethod)}`, shown(rest)];
    }),
  );

const fields = ({ properties }: Pick<Resource, 'properties'>): Fields =>
  Object.fromEntries(
    Object.entries(properties).map(
      ([name, value]) => ODD[name]?.(value) ?? ([lower(name), VERBATIM.has(name) ? value : shown(value)] as const),
    ),
  );

const own = ({ template }: OwnGround, type: string, parent: string, id: unknown): Resource[] =>
  template.ofType(type).filter(({ properties }) => properties[parent] === id);

const apiIn = ({ template }: OwnGround, type: string, id: unknown): Resource => {
  const api = template.ofType(type).find(({ ref }) => ref === id);
  if (!api) throw new AwsError('NotFoundException', `The template has no API with the id ${String(id)}`);
  return api;
};

const REST = 'AWS::ApiGateway::RestApi';
const rest = (api: Resource, { startedAt }: OwnGround): Fields => ({ id: api.ref, createdDate: startedAt, ...fields(api) });

/** Resources with their full path and the methods they take. */
const resources = (api: Resource, ground: OwnGround): Fields[] => {
  const parts = own(ground, 'AWS::ApiGateway::Resource', 'RestApiId', api.ref);
  const byId = new Map(parts.map((part) => [part.ref, part]));
  const pathOf = (id: unknown): string => {
    const part = byId.get(String(id));
    return part ? `${pathOf(part.properties['ParentId'])}/${String(part.properties['PathPart'])}` : '';
  };
  const methods = own(ground, 'AWS::ApiGateway::Method', 'RestApiId', api.ref);
  const methodsOf = (id: unknown): Fields | undefined => {
    const mine = methods.filter(({ properties }) => properties['ResourceId'] === id);
    return mine.length > 0
      ? Object.fromEntries(mine.map((method) => [String(method.properties['HttpMethod']), fields(method)]))
      : undefined;
  };
  const root = api.attributes['RootResourceId'];
  return [
    { id: root, path: '/', resourceMethods: methodsOf(root) },
    ...parts.map(({ ref, properties }) => ({
      id: ref,
      parentId: properties['ParentId'],
      pathPart: properties['PathPart'],
      path: pathOf(ref),
      resourceMethods: methodsOf(ref),
    })),
  ];
};

const LISTS: Readonly<Record<string, string>> = {
  GetAuthorizers: 'Authorizer',
  GetGatewayResponses: 'GatewayResponse',
  GetModels: 'Model',
  GetRequestValidators: 'RequestValidator',
};

/** The REST APIs of the template, to be read. */
export const apiGateway: OwnService =
  (ground) =>
  (operation, { RestApiId, StageName }) => {
    const { template } = ground;
    const items = (list: readonly Resource[]) => ({ item: list.map((each) => ({ id: each.ref, ...fields(each) })) });
    if (operation === 'GetRestApis') return { item: template.ofType(REST).map((api) => rest(api, ground)) };
    if (operation === 'GetUsagePlans') return items(template.ofType('AWS::ApiGateway::UsagePlan'));
    if (operation === 'GetApiKeys') return items(template.ofType('AWS::ApiGateway::ApiKey'));
    const api = apiIn(ground, REST, RestApiId);
    if (operation === 'GetRestApi') return rest(api, ground);
    if (operation === 'GetResources') return { item: resources(api, ground) };
    const stages = own(ground, 'AWS::ApiGateway::Stage', 'RestApiId', api.ref);
    if (operation === 'GetStages') return { item: stages.map(fields) };
    if (operation === 'GetStage') {
      const stage = stages.find(({ ref }) => ref === StageName);
      if (!stage) throw new AwsError('NotFoundException', `Invalid stage identifier specified: ${String(StageName)}`);
      return fields(stage);
    }
    const type = LISTS[operation];
    return type ? items(own(ground, `AWS::ApiGateway::${type}`, 'RestApiId', api.ref)) : undefined;
  };

const SOCKET = 'AWS::ApiGatewayV2::Api';
const PARTS: Readonly<Record<string, readonly [type: string, id: string]>> = {
  GetAuthorizers: ['Authorizer', 'authorizerId'],
  GetIntegrations: ['Integration', 'integrationId'],
  GetRoutes: ['Route', 'routeId'],
  GetStages: ['Stage', 'stageName'],
};

/** The WebSocket APIs, likewise. */
export const apiGatewayV2: OwnService =
  (ground) =>
  (operation, { ApiId }) => {
    const socket = (api: Resource): Fields => ({
      apiId: api.ref,
      apiEndpoint: api.attributes['ApiEndpoint'],
      createdDate: ground.startedAt.toISOString(),
      ...fields(api),
    });
    if (operation === 'GetApis') return { items: ground.template.ofType(SOCKET).map(socket) };
    const api = apiIn(ground, SOCKET, ApiId);
    if (operation === 'GetApi') return socket(api);
    const part = PARTS[operation];
    if (!part) return undefined;
    const [type, id] = part;
    return { items: own(ground, `AWS::ApiGatewayV2::${type}`, 'ApiId', api.ref).map((each) => ({ ...fields(each), [id]: each.ref })) };
  };
