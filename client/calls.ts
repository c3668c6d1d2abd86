import type * as z from 'zod';
import type { Asked as Waiting } from '../shared/contracts/ask.ts';
import type { Endpoint } from '../shared/contracts/endpoint.ts';
import { endpoints, type Operation } from '../shared/contracts/endpoints.ts';

type EndpointOf<O extends Operation> = Extract<(typeof endpoints)[number], { operation: O }>;
type NamesIn<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type Params<P extends string> = [NamesIn<P>] extends [never] ? unknown : { params: Record<NamesIn<P>, string> };
type Query<E> = E extends { query: infer Q extends z.ZodType } ? { query?: z.input<Q> } : unknown;
type Body<E> = E extends { body: infer B extends z.ZodType } ? { body: z.input<B>; key?: string } : unknown;

/**
 * What an operation is asked with, by its contract: what stands in its path, its query and its body. `key` is the Idempotency-Key of a request
 * that may be sent again from elsewhere; without one each call takes a new key.
 */
export type Asked<O extends Operation> = Params<EndpointOf<O>['path']> & Query<EndpointOf<O>> & Body<EndpointOf<O>>;

/** What an operation answers, by its contract; what takes two persons answers that it waits for the second. */
export type Replied<O extends Operation> = EndpointOf<O> extends { twoPersons: true } ? Waiting : z.infer<EndpointOf<O>['reply']>;

/** A request as it is carried; `path` stands below the base path and has its query. */
export interface Call {
  readonly method: Endpoint['method'];
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string | undefined;
  /** Its answer has an ETag. */
  readonly marked: boolean;
}

/** The same without its operation's types. */
export interface Given {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly key?: string;
}

const queryOf = (query: Given['query'] = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
};

/** The request that an operation is. */
export const callOf = (operation: Operation, { params = {}, query, body, key }: Given = {}): Call => {
  const endpoint = (endpoints as readonly Endpoint[]).find((one) => one.operation === operation);
  if (!endpoint) throw new Error(`There is no operation ${operation}`);
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return { method: endpoint.method, path: `${path}${queryOf(query)}`, body, key, marked: endpoint.etag ?? false };
};
