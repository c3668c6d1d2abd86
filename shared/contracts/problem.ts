import * as z from 'zod';
import { Because } from './resource-allocation.ts';
import { ResourceType } from './vocabulary.ts';

/** RFC 9457. `type` is stable; `errors` name the fields; `detail` says what to do; where a question's facts have changed they stand beside it as they are now, and where units are short how many and why no others. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  factsHash: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  short: z.partialRecord(ResourceType, z.int()).optional(),
  notNearer: z.array(Because).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Every way of refusing, by the stable end of its `type` (`urn:swoe:problem:<name>`): the HTTP status, and its title. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not fit its contract' },
  'bad-request': { status: 400, title: 'The request cannot be answered' },
  unauthenticated: { status: 401, title: 'No valid token' },
  forbidden: { status: 403, title: 'Not yours to do' },
  filtered: { status: 403, title: 'The firewall refused the request' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'Not with this method' },
  conflict: { status: 409, title: 'Things have changed' },
  short: { status: 409, title: 'Too few units' },
  'idempotency-key-in-use': { status: 409, title: 'The first request with this key is not answered yet' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'idempotency-key-reused': { status: 422, title: 'This key was used for another request' },
  throttled: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'SWOE failed to answer' },
  unavailable: { status: 503, title: 'Something SWOE needs is not answering' },
  timeout: { status: 504, title: 'SWOE took too long' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemName = keyof typeof problems;

export const problemType = (name: ProblemName): string => `urn:swoe:problem:${name}`;
