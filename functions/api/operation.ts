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
}

export type Perform<O extends Operation> = (ask: Ask<O>) => Promise<Reply>;

/** One operation for every endpoint of the contract. */
export type Operations = { readonly [O in Operation]: Perform<O> };
