import type { Faults } from './faults.ts';
import type { Log } from './log.ts';
import type { Scheduler } from './scheduler.ts';

/** What every engine is made with. */
export interface Ground {
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly region: string;
  readonly account: string;
  /** Counts what AWS would bill: service, unit (`PutEvents entries`, `write units`, `state transitions`), how many. */
  readonly meter: (service: string, unit: string, count: number) => void;
  /** Told what one request to a table consumed, for whoever wants to know where units go. */
  readonly spent?: ((operation: string, input: Record<string, unknown>, unit: string, count: number) => void) | undefined;
  /** What is to go wrong; absent, nothing does on purpose. */
  readonly faults?: Faults | undefined;
}

/** How a service answers a call of its own API: operation and input in the wire's shapes. Unknown operations throw `UnknownOperationException`. */
export type Serve = (operation: string, input: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** Calls another service as a principal (a role's ARN), with that role's policies checked. */
export type Call = (
  principal: string,
  service: string,
  operation: string,
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>>;

/** Invokes a function and waits: its result, or the error it ended with. */
export type Invoke = (functionArn: string, payload: unknown) => Promise<InvokeOutcome>;
export type InvokeOutcome = { ok: true; payload: unknown } | { ok: false; error: string; cause: string };
