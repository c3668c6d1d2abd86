import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import type { Endpoint } from '../../../shared/contracts/endpoint.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { shapes } from '../../../shared/contracts/openapi/components.ts';
import { openApiOf } from '../../../shared/contracts/openapi/document.ts';
import { openApi } from '../../../shared/contracts/openapi/index.ts';
import { type Json, objectsIn, refsIn } from '../../../shared/contracts/openapi/json.ts';
import { successesOf } from '../../../shared/contracts/openapi/successes.ts';
import { document, undeclared, unfit } from '../../support/contract.ts';

const ajv = new Ajv2020();
const all = endpoints as readonly Endpoint[];
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);

const successes = new Map(all.map((endpoint) => [endpoint.operation, successesOf(endpoint).map(({ status }) => status)]));

/** What a reference leads to; undefined where it leads nowhere. */
const follow = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (at as Json | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);

const mediaTypes = objectsIn(document).flatMap(({ content }) => (content ? Object.values(content as Record<string, Json>) : []));

describe('docs/openapi.json', () => {
  test('is what the contracts make: npm run openapi writes it anew', () => {
    expect(document).toEqual(JSON.parse(JSON.stringify(openApi(manifest.version))));
  });

  test('has every endpoint once, and no other', () => {
    const told = operations.map(({ method, path, operationId }) => `${operationId}: ${method.toUpperCase()} ${path}`);
    expect(told.sort()).toEqual(all.map(({ operation, method, path }) => `${operation}: ${method} ${path}`).sort());
  });

  test('knows no two shapes by one name: one would be told in the place of the other', () => {
    const names = [...shapes.values()];
    expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
  });

  test.each(operations)('$operationId is described: a summary, one group, who may, each parameter of its path', (operation) => {
    const { summary, tags, path, parameters = [] } = operation as Json & { path: string; parameters?: Json[] };
    expect(summary).toMatch(/^[A-Z].{10,}/);
    expect(document.tags.map(({ name }) => name)).toContain((tags as string[])[0]);
    expect(tags).toHaveLength(1);
    expect((operation as Json)['x-swoe-roles']).not.toHaveLength(0);
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((parameter) => parameter['in'] === 'path').map(({ name }) => name)).toEqual(names);
    for (const parameter of parameters)
      if (parameter['in'] === 'path') expect(parameter).toMatchObject({ required: true, description: /./ });
  });

  test.each(operations)('$operationId says how it may succeed and refuse', ({ operationId, method, path, requestBody, responses }) => {
    const statuses = Object.keys(responses).map(Number);
    expect(statuses.filter((status) => status < 300)).toEqual(successes.get(operationId));
    expect(statuses).toEqual(expect.arrayContaining([401, 403, 429, 500, 503]));
    if (requestBody) expect(statuses).toEqual(expect.arrayContaining([400, 413, 415]));
    if (path.includes('{')) expect(statuses).toContain(404);
    if (method !== 'get') expect(statuses).toEqual(expect.arrayContaining([400, 409, 422]));
  });

  test('refers to nothing that is not there, and holds nothing that nobody refers to', () => {
    const refs = refsIn(document);
    for (const ref of refs) expect(follow(ref), ref).toBeDefined();
    const parts = Object.entries(document.components).filter(([kind]) => kind !== 'securitySchemes');
    const orphans = parts.flatMap(([kind, named]) => Object.keys(named).map((name) => `#/components/${kind}/${name}`));
    expect(orphans.filter((ref) => !refs.includes(ref))).toEqual([]);
  });

  test('names components and operations by letters and digits, as generators of clients want it', () => {
    const names = Object.values(document.components).flatMap((named) => Object.keys(named));
    for (const name of [...names, ...operations.map(({ operationId }) => operationId)]) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  test.each(Object.entries(document.components.schemas))('the schema %s is one of JSON Schema 2020-12', (_name, schema) => {
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
  });

  test('gives examples that fit', () => {
    const given = [...mediaTypes, ...objectsIn(document).filter((part) => 'in' in part)].filter((part) => 'example' in part);
    expect(given.length).toBeGreaterThan(15);
    for (const { schema, example } of given) expect(unfit(schema as Json, example), JSON.stringify(example)).toEqual([]);
  });

  test('has an example of every body', () => {
    const bodies = operations.flatMap(({ operationId, requestBody }) => (requestBody ? [[operationId, requestBody]] : []));
    for (const [operationId, body] of bodies as [string, Json][])
      expect((body['content'] as Record<string, Json>)['application/json'], operationId).toHaveProperty('example');
  });
});

describe('what the document does not declare is seen in a reply', () => {
  const ticket = { ticket: 't', expiresAt: '2026-11-22T17:00:00.000Z', path: '/ws/orchestration/alerts?ticket=t' };
  const reply = (body: object, status = 201, type = 'application/json') => ({ status, type, text: JSON.stringify(body) });
  const said = (given: ReturnType<typeof reply>) => undeclared('POST', '/tickets', given);

  test('a reply as declared is nothing to speak of', () => expect(said(reply(ticket))).toEqual([]));
  test('a status', () => expect(said(reply(ticket, 200))).toEqual(['status 200 is not declared']));
  test('a content type', () => expect(said(reply(ticket, 201, 'text/html'))).toHaveLength(1));
  test('a field', () => expect(said(reply({ ...ticket, token: 'secret' }))[0]).toContain('unevaluated'));
  test('a field that is missing', () => expect(said(reply({ ticket: 't' }))).toHaveLength(2));
  test('a problem of another kind', () => {
    const problem = { type: 'urn:swoe:problem:conflict', title: 't', status: 422, detail: 'd' };
    expect(said(reply(problem, 422, 'application/problem+json'))).toHaveLength(1);
  });
});

test('a shape that comes in otherwise than it goes out has two names, and what is asked for only has one', () => {
  const Place = z.object({ lat: z.number(), radiusM: z.number().default(0) });
  const endpoint: Endpoint = {
    operation: 'move',
    method: 'POST',
    path: '/resources/{id}/move',
    roles: ['viewer'],
    body: Place,
    reply: Place,
    summary: 'Move it',
  };
  const { components } = openApiOf({ version: '1', endpoints: [endpoint], examples: {} });
  expect(components['schemas']).toMatchObject({ MoveReply: { required: ['lat', 'radiusM'] }, MoveReplyAsSent: { required: ['lat'] } });
});
