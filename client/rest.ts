import type { Operation } from '../shared/contracts/endpoints.ts';
import { Problem } from '../shared/contracts/problem.ts';
import { type Asked, type Call, callOf, type Given, type Replied } from './calls.ts';

/** Where nothing must be said, nothing need be. */
type Args<O extends Operation> = Record<never, never> extends Asked<O> ? [asked?: Asked<O>] : [asked: Asked<O>];

/** REST by the names of its operations: what each is asked with, and answers, is its contract's. */
export interface Rest {
  ask<O extends Operation>(operation: O, ...asked: Args<O>): Promise<Replied<O>>;
}

/** An answer that is not 2xx, with the problem's own words. */
export class RestError extends Error {
  override readonly name = 'RestError';
  constructor(
    readonly status: number,
    message: string,
    readonly problem?: Problem,
  ) {
    super(message);
  }
}

const problemIn = (text: string): Problem | undefined => {
  try {
    return Problem.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** What a refused call is told with. */
export const complaint = ({ method, path }: Pick<Call, 'method' | 'path'>, status: number, text: string): RestError => {
  const problem = problemIn(text);
  const words = problem ? `${problem.title}: ${problem.detail}` : text.slice(0, 200);
  return new RestError(status, `${method} ${path} answered ${status}${words ? ` (${words})` : ''}`, problem);
};

/** Carries a call and brings what a success says; a refusal is a RestError. */
export type Carry = (call: Call) => Promise<unknown>;

/** REST over whatever carries its calls. What comes back is taken to be what the contract says: the tests hold the system to it. */
export const restOver = (carry: Carry): Rest => ({
  ask: async <O extends Operation>(operation: O, ...[asked]: Args<O>) =>
    (await carry(callOf(operation, asked as Given | undefined))) as Replied<O>,
});
