import type { Fetch } from './fetch.ts';

/**
 * Everything a handler may not take from the air: time, ids, configuration, the log and the way to AWS.
 * In Lambda it is the process's own; on a laptop and under simulation the local run hands in its own.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number;
}

/** Answers one SDK call in place of the network: service (`dynamodb`), operation (`PutItem`), wire-shaped input. Throws AWS-shaped errors. */
export type ShortCircuit = (service: string, operation: string, input: unknown) => Promise<object>;

export interface LogSink {
  info(message: string, fields: Record<string, unknown>): void;
  warn(message: string, fields: Record<string, unknown>): void;
  error(message: string, fields: Record<string, unknown>): void;
}

export interface Runtime {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: LogSink;
  /** Absent in AWS: calls go over the network. */
  readonly aws?: ShortCircuit;
  /** Waits so many milliseconds on the clock that was handed in. */
  readonly pause: (ms: number) => Promise<void>;
  /** Fetches a JWKS document. Absent in AWS: over HTTPS. */
  readonly jwks?: (uri: string) => Promise<{ keys: object[] }>;
  /** Asks a public server. Absent: over the network. */
  readonly fetch?: Fetch;
}

/** A cold start: one call makes one execution environment with its own clients and caches. */
export type Create<Event = unknown, Result = unknown> = (runtime: Runtime) => (event: Event, context?: unknown) => Promise<Result>;
