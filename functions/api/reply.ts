import type * as z from 'zod';
import type { Problem } from '../../shared/contracts/problem.ts';

/** What an operation answers; the door makes HTTP of it. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export type FieldError = NonNullable<Problem['errors']>[number];

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const accepted = (body: unknown): Reply => ({ status: 202, body });

/** `name` is the stable end of the problem's `type`; `detail` says what to do. */
const problem =
  (status: number, name: string, title: string, headers?: Record<string, string>) =>
  (detail: string, errors?: FieldError[], more: Pick<Problem, 'factsHash' | 'facts' | 'short' | 'notNearer'> = {}): Reply => ({
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: `urn:swoe:problem:${name}`, title, status, detail, ...(errors ? { errors } : {}), ...more } satisfies Problem,
  });

export const invalid = problem(400, 'invalid-request', 'The request does not fit its contract');
export const unauthenticated = problem(401, 'unauthenticated', 'No valid token', { 'www-authenticate': 'Bearer' });
export const forbidden = problem(403, 'forbidden', 'Not yours to do');
export const notFound = problem(404, 'not-found', 'There is no such thing');
export const wrongMethod = (allow: string) => problem(405, 'method-not-allowed', 'Not with this method', { allow });
export const conflict = problem(409, 'conflict', 'Things have changed');
export const tooLarge = problem(413, 'too-large', 'The body is too large');
export const failed = problem(500, 'internal', 'SWOE failed to answer');
export const unavailable = problem(503, 'unavailable', 'Something SWOE needs is not answering', { 'retry-after': '2' });

/** Too few units: how many of each type, and why nobody near is sent. */
export const short = (detail: string, lacking: NonNullable<Problem['short']>, notNearer: NonNullable<Problem['notNearer']>): Reply =>
  problem(409, 'short', 'Too few units')(detail, undefined, { short: lacking, notNearer });

/** Every field that does not fit, by its path. `whole` is what an error without a path is about: `body` or `query`. */
export const fieldErrors = (error: z.ZodError, whole: string): FieldError[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.join('.') || whole;
    return [{ path, message: issue.message }];
  });

export const invalidFields = (errors: FieldError[]): Reply => {
  const paths = [...new Set(errors.map(({ path }) => path))].join(', ');
  return invalid(`Mend ${paths} and send it again`, errors);
};
