import type * as z from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { IDEMPOTENCY_REPLAYED } from '../idempotency.ts';
import { type ProblemName, problems, problemType } from '../problem.ts';
import { type Json, pascal } from './json.ts';
import { refusalsOf } from './refusals.ts';
import { successesOf } from './successes.ts';

/** Headers of answers. */
export const answerHeaders = {
  ETag: { description: 'This answer’s mark: send it back as If-None-Match', schema: { type: 'string' } },
  IdempotencyReplayed: {
    description: '`true` where this is the first answer to this key, given again: nothing was done this time',
    schema: { type: 'string', const: 'true' },
  },
  RetryAfter: { description: 'Seconds after which to try again', schema: { type: 'string' } },
  WwwAuthenticate: { description: 'How to authenticate: Bearer', schema: { type: 'string' } },
} as const;

type HeaderName = keyof typeof answerHeaders;
const WIRE: Record<HeaderName, string> = {
  ETag: 'ETag',
  IdempotencyReplayed: IDEMPOTENCY_REPLAYED,
  RetryAfter: 'Retry-After',
  WwwAuthenticate: 'WWW-Authenticate',
};

const headers = (...names: HeaderName[]): Json =>
  names.length > 0 ? { headers: Object.fromEntries(names.map((name) => [WIRE[name], { $ref: `#/components/headers/${name}` }])) } : {};

const HEADERS: Partial<Record<ProblemName, HeaderName>> = { unauthenticated: 'WwwAuthenticate', unavailable: 'RetryAfter' };

/** One response for all problems of a status that an operation may have, under a name that says which. */
const refusal = (names: readonly ProblemName[]): [name: string, response: Json] => [
  names.map(pascal).join('Or'),
  {
    description: names.map((name) => problems[name].title).join('; or: '),
    ...headers(...names.flatMap((name) => HEADERS[name] ?? [])),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem', properties: { type: { enum: names.map(problemType) } } },
      },
    },
  },
];

/** The problems of an operation by their status, in the order of statuses. */
const byStatus = (endpoint: Endpoint): [status: number, names: ProblemName[]][] => {
  const names = refusalsOf(endpoint);
  const statuses = [...new Set(names.map((name) => problems[name].status))].sort((a, b) => a - b);
  return statuses.map((status) => [status, names.filter((name) => problems[name].status === status)]);
};

/** Every way of refusing that some operation has, by name. */
export const refusalResponses = (endpoints: readonly Endpoint[]): Record<string, Json> =>
  Object.fromEntries(endpoints.flatMap((endpoint) => byStatus(endpoint).map(([, names]) => refusal(names))));

const success = ({ summary, method, etag }: Endpoint, reply: Json): Json => ({
  description: summary,
  ...headers(...(etag ? (['ETag'] as const) : []), ...(method === 'GET' ? [] : (['IdempotencyReplayed'] as const))),
  content: { 'application/json': { schema: reply } },
});

/** All that an operation may answer, by status. `schemaOf` gives the schema of a success. */
export const responsesOf = (endpoint: Endpoint, schemaOf: (reply: z.ZodType) => Json): Json => ({
  ...Object.fromEntries(successesOf(endpoint).map(({ status, reply }) => [status, success(endpoint, schemaOf(reply))])),
  ...(endpoint.etag ? { 304: { description: 'What you hold still stands', ...headers('ETag') } } : {}),
  ...Object.fromEntries(byStatus(endpoint).map(([status, names]) => [status, { $ref: `#/components/responses/${refusal(names)[0]}` }])),
});
