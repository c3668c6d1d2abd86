import type * as z from 'zod';
import type { OpenApiDocument } from '../document-endpoints.ts';
import type { Endpoint } from '../endpoint.ts';
import { BASE_PATH } from '../endpoints.ts';
import { Problem } from '../problem.ts';
import { shapes } from './components.ts';
import { groupOf, groups } from './groups.ts';
import { type Json, pascal } from './json.ts';
import { headerParameters, parametersOf } from './parameters.ts';
import { answerHeaders, refusalResponses, responsesOf } from './responses.ts';
import { type Schemas, type Shapes, schemasOf } from './schemas.ts';
import { outcomeOf, successesOf } from './successes.ts';

export interface Described {
  readonly version: string;
  readonly endpoints: readonly Endpoint[];
  readonly examples: Readonly<Record<string, unknown>>;
}

const there = (shapes: (z.ZodType | undefined)[]): z.ZodType[] => shapes.filter((shape) => shape !== undefined);

/** Shapes that no contract exports are named after their operation; a query is no shape of the document, its parts are. */
const shapesOf = (endpoints: readonly Endpoint[]): Shapes => {
  const own = endpoints.flatMap(({ operation, query, body, reply }): [z.ZodType | undefined, string][] => [
    [query, `${pascal(operation)}Query`],
    [body, `${pascal(operation)}Request`],
    [reply, `${pascal(operation)}Reply`],
  ]);
  return {
    names: new Map([...own.flatMap(([shape, name]): [z.ZodType, string][] => (shape ? [[shape, name]] : [])), ...shapes]),
    asked: there(endpoints.flatMap(({ query, body }) => [query, body])),
    told: [Problem, ...endpoints.flatMap((endpoint) => [outcomeOf(endpoint), ...successesOf(endpoint)].map(({ reply }) => reply))],
  };
};

const nameIn = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

const requestBody = ({ operation, body }: Endpoint, schemas: Schemas, { examples }: Described): Json => {
  if (!body) return {};
  const example = examples[operation];
  const content = { schema: { $ref: schemas.asked(body) }, ...(example === undefined ? {} : { example }) };
  return { requestBody: { required: true, content: { 'application/json': content } } };
};

/** What `ask.outcome` of the answer to `POST /asks/{id}` holds when the second person said yes. */
const twoPersons = (endpoint: Endpoint, schemas: Schemas): Json => {
  const { status, reply } = outcomeOf(endpoint);
  return endpoint.twoPersons ? { 'x-swoe-two-persons': { status, body: { $ref: schemas.told(reply) } } } : {};
};

const operationOf = (endpoint: Endpoint, schemas: Schemas, described: Described): Json => {
  const { operation, path, summary, roles, query } = endpoint;
  const parameters = parametersOf(endpoint, query && schemas.all[nameIn(schemas.asked(query))]);
  return {
    operationId: operation,
    summary,
    tags: [groupOf(path)?.name ?? ''],
    'x-swoe-roles': roles,
    ...twoPersons(endpoint, schemas),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(endpoint, schemas, described),
    responses: responsesOf(endpoint, (reply) => ({ $ref: schemas.told(reply) })),
  };
};

const pathsOf = (described: Described, schemas: Schemas): Record<string, Json> => {
  const paths: Record<string, Json> = {};
  for (const endpoint of described.endpoints)
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operationOf(endpoint, schemas, described) };
  return paths;
};

/** What stands in bodies: all but the queries. */
const bodiesIn = (endpoints: readonly Endpoint[], { all, asked }: Schemas): Record<string, Json> => {
  const queries = new Set(endpoints.flatMap(({ query }) => (query ? [nameIn(asked(query))] : [])));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !queries.has(name)));
};

/** The OpenAPI 3.1 document of REST, made of the contracts and nothing else. */
export const openApiOf = (described: Described): OpenApiDocument => {
  const schemas = schemasOf(shapesOf(described.endpoints));
  const paths = pathsOf(described, schemas);
  const responses = refusalResponses(described.endpoints);
  const used = new Set(described.endpoints.map(({ path }) => groupOf(path)?.name));
  return {
    openapi: '3.1.0',
    info: {
      title: 'SWOE orchestration',
      version: described.version,
      description:
        'System-Wide Orchestration Engine: REST for dispatchers and their tools. Times are ISO 8601 UTC, distances metres, durations seconds. Refusals are problem+json with a stable `type` and a `detail` that says what to do. `x-swoe-roles` are the roles of which an operation takes one; one with `x-swoe-two-persons` is done, and comes to that, when a second person says yes (`POST /asks/{id}`).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: BASE_PATH, description: 'Below the address of the gateway' }],
    tags: groups.filter(({ name }) => used.has(name)).map(({ name, description }) => ({ name, description })),
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token of this installation' },
      },
      parameters: headerParameters,
      headers: answerHeaders,
      responses,
      schemas: bodiesIn(described.endpoints, schemas),
    },
  };
};
