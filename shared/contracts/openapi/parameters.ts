import type { Endpoint } from '../endpoint.ts';
import { IDEMPOTENCY_KEY, IDEMPOTENCY_REPLAYED } from '../idempotency.ts';
import type { Json } from './json.ts';

/** What stands in a path, by the path up to it. */
const IN_PATH: Readonly<Record<string, { description: string; example: string }>> = {
  '/workflows/{name}': { description: 'A workflow’s name; GET /workflows lists them', example: 'gunfire-response' },
  '/executions/{id}': {
    description: 'A run’s id; GET /executions lists them',
    example: 'gunfire-response-7Q4K1X9V0M2T5B8C3D6F1G4H7J',
  },
  '/events/{key}': {
    description: 'An event’s key, `source#id`, URL-encoded, or its node; GET /events/history lists them',
    example: 'gunshot_detection#shot-4711',
  },
  '/events/dead-letters/{id}': {
    description: 'The bus’s id of the refused delivery; GET /events/dead-letters lists them',
    example: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  },
  '/resources/{id}': { description: 'A unit’s id; GET /resources lists them', example: 'boat-7' },
  '/resources/reservations/{id}': {
    description: 'A reservation’s id; GET /resources/reservations lists them',
    example: '01KAP5X8S0J4Q6V2T9B7C3D1F5',
  },
  '/joint-operations/{id}': {
    description: 'A joint operation’s id; GET /joint-operations lists them',
    example: '01KAP5X8S0J4Q6V2T9B7C3D1F5',
  },
  '/asks/{id}': { description: 'An ask’s id; GET /asks lists those that wait', example: '01KAP5X8S0J4Q6V2T9B7C3D1F5' },
  '/people/{sub}': {
    description: 'A person’s id, as tokens (`sub`) and the journal (`person/<sub>`) have it',
    example: '0c9f4a52-7d0b-4f6e-9f1c-2b8f3b1f4f10',
  },
  '/facts/{id}': {
    description: 'A fact’s id; GET /facts lists them',
    example: 'WyJpbmNpZGVudC9TVzNIIiwid2FycmFudCIsImludmVzdGlnYXRpb25zI3ctNyJd',
  },
  '/audit/reviews/{week}': { description: 'A week (ISO 8601, UTC); GET /audit/reviews lists them', example: '2026-W48' },
  '/sealed/{token}': {
    description: 'The token of a sealed piece, as events, steps and letters have it under `restricted`',
    example: 'sealed-7Q4K1X9V0M2T5B8C3D6F1G4H7J',
  },
  '/subjects/{token}': {
    description:
      'A subject’s token, as events have it in a person’s place, or that of a piece which names nobody; POST /subjects/find tells it',
    example: 'subject-7Q4K1X9V0M2T5B8C3D6F1G4H7J',
  },
  '/approvals/{id}': {
    description: 'A question’s id, URL-encoded; GET /approvals lists those that wait',
    example: 'gunfire-response-7Q4K1X9V0M2T5B8C3D6F1G4H7J~releasePrediction',
  },
};

const inPath = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(({ 0: whole, 1: name = '', index }) => {
    const before = path.slice(0, index + whole.length);
    const { description, example } = IN_PATH[before] ?? { description: `The ${name} of one of ${before.split('/')[1]}` };
    return { name, in: 'path', required: true, description, schema: { type: 'string' }, ...(example ? { example } : {}) };
  });

const inQuery = (query: Json): Json[] => {
  const required = (query['required'] ?? []) as string[];
  return Object.entries((query['properties'] ?? {}) as Record<string, Json>).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) ? { required: true } : {}),
    ...(description ? { description } : {}),
    schema,
  }));
};

/** Headers that more than one operation takes. */
export const headerParameters = {
  IdempotencyKey: {
    name: IDEMPOTENCY_KEY,
    in: 'header',
    description: `A text of your own, 1 to 255 visible ASCII characters. The same request with the same key within 24 hours is done once: you are given the first answer again, with \`${IDEMPOTENCY_REPLAYED}: true\`. After a 5xx the key is free again.`,
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    example: '0b4f3c52-6c1f-4f0e-9f57-9a0c4e0f2a11',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag of an answer that you hold: where it still stands you are told 304, without a body.',
    schema: { type: 'string', maxLength: 1000 },
    example: '"4f2a9c0e1b7d8a63"',
  },
} as const;

const header = (name: keyof typeof headerParameters): Json => ({ $ref: `#/components/parameters/${name}` });

/** All that is said beside the body. `query` is the schema of the query as a whole. */
export const parametersOf = ({ method, path, etag }: Endpoint, query: Json | undefined): Json[] => [
  ...inPath(path),
  ...(query ? inQuery(query) : []),
  ...(method === 'GET' ? [] : [header('IdempotencyKey')]),
  ...(etag ? [header('IfNoneMatch')] : []),
];
