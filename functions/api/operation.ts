import type * as z from 'zod';
import type { Operation } from '../../shared/contracts/endpoints.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import type { Caller } from './caller.ts';
import type { Reply } from './reply.ts';
import type { AnyEndpoint } from './routes.ts';

type EndpointOf<O extends Operation> = Extract<AnyEndpoint, { operation: O }>;
type QueryOf<O extends Operation> = EndpointOf<O> extends { query: infer Q extends z.ZodType } ? z.infer<Q> : undefined;
type BodyOf<O extends Operation> = EndpointOf<O> extends { body: infer B extends z.ZodType } ? z.infer<B> : undefined;

/** A request that was let in: its caller holds one of the endpoint's roles, its query and body fit the contract. `raw` is the body as sent. */
export interface Ask<O extends Operation> {
  caller: Caller;
  role: Role;
  params: Record<string, string>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  raw: unknown;
  /** Who confirmed it, of what takes two persons. */
  second?: Pick<Caller, 'sub' | 'roles'>;
}

/** What may be told of a shape: nobody changes an answer, so lists that must not be changed may be told as well. */
type Told<T> = T extends readonly (infer U)[] ? readonly Told<U>[] : T extends object ? { readonly [K in keyof T]: Told<T[K]> } : T;
type ReplyOf<O extends Operation> = Told<z.infer<EndpointOf<O>['reply']>>;
type StatusOf<O extends Operation> = EndpointOf<O> extends { status: infer S extends number } ? S : 200;

/** What the endpoint's contract promises, or a refusal. */
export type Replied<O extends Operation> = Reply<ReplyOf<O>, StatusOf<O>>;
export type Perform<O extends Operation> = (ask: Ask<O>) => Promise<Replied<O>>;

/** One operation for every endpoint of the contract. */
export type Operations = { readonly [O in Operation]: Perform<O> };
