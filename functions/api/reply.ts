import type * as z from 'zod';
import { type Problem, type ProblemName, problems, problemType } from '../../shared/contracts/problem.ts';

/** A success: the status and the body that the endpoint's contract promises. */
export interface Answer<T = unknown, S extends number = number> {
  status: S;
  body: T;
  headers?: Record<string, string>;
}

export interface Refusal {
  status: ProblemStatus;
  body: Problem;
  headers?: Record<string, string>;
}

type ProblemStatus = (typeof problems)[ProblemName]['status'];

/** What an operation answers; the door makes HTTP of it. Where nothing is said of a success, it is a refusal. */
export type Reply<T = never, S extends number = never> = Answer<T, S> | Refusal;

export type AnyReply = Reply<unknown, number>;

export const isRefusal = (reply: AnyReply): reply is Refusal => reply.status >= 400;

export type FieldError = NonNullable<Problem['errors']>[number];

export const ok = <T>(body: T): Answer<T, 200> => ({ status: 200, body });
export const created = <T>(body: T): Answer<T, 201> => ({ status: 201, body });
export const accepted = <T>(body: T): Answer<T, 202> => ({ status: 202, body });

/** `name` is the stable end of the problem's `type`; `detail` says what to do. */
const problem =
  (name: ProblemName, headers?: Record<string, string>) =>
  (detail: string, errors?: FieldError[], more: Pick<Problem, 'factsHash' | 'facts' | 'short' | 'notNearer'> = {}): Refusal => ({
    status: problems[name].status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: { type: problemType(name), ...problems[name], detail, ...(errors ? { errors } : {}), ...more },
  });

export const invalid = problem('invalid-request');
export const unauthenticated = problem('unauthenticated', { 'www-authenticate': 'Bearer' });
export const forbidden = problem('forbidden');
export const notFound = problem('not-found');
export const wrongMethod = (allow: string) => problem('method-not-allowed', { allow });
export const conflict = problem('conflict');
export const keyInUse = problem('idempotency-key-in-use', { 'retry-after': '2' });
export const keyReused = problem('idempotency-key-reused');
export const tooLarge = problem('too-large');
export const failed = problem('internal');
export const unavailable = problem('unavailable', { 'retry-after': '2' });

/** Too few units: how many of each type, and why nobody near is sent. */
export const short = (detail: string, lacking: NonNullable<Problem['short']>, notNearer: NonNullable<Problem['notNearer']>): Refusal =>
  problem('short')(detail, undefined, { short: lacking, notNearer });

/** Every field that does not fit, by its path. `whole` is what an error without a path is about: `body` or `query`. */
export const fieldErrors = (error: z.ZodError, whole: string): FieldError[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.join('.') || whole;
    return [{ path, message: issue.message }];
  });

export const invalidFields = (errors: FieldError[]): Refusal => {
  const paths = [...new Set(errors.map(({ path }) => path))].join(', ');
  return invalid(`Mend ${paths} and send it again`, errors);
};
