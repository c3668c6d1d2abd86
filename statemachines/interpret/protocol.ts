/**
 * What goes into an execution and what comes out. Inputs are the only thing that moves an execution: each carries its time, the first
 * one its seed, so the same inputs give the same history, the same orders and the same state again.
 */
export interface Started {
  kind: 'started';
  at: number;
  input: unknown;
  executionArn: string;
  name: string;
  roleArn: string;
  region: string;
  stateMachine: { Id: string; Name: string };
  /** Under which version and alias it was started, for its first event. */
  stateMachineVersionArn?: string;
  stateMachineAliasArn?: string;
  /** Seeds `$random`, `$uuid`, jitter and task tokens. */
  seed: string;
}

export type Input =
  /** The service took the request of a `.waitForTaskToken` task; the token is still to come. */
  | { kind: 'submitted'; at: number; task: number; output: unknown }
  | { kind: 'succeeded'; at: number; task: number; output: unknown }
  | { kind: 'failed'; at: number; task: number; error?: string; cause?: string }
  | { kind: 'heartbeat'; at: number; task: number }
  | { kind: 'timer'; at: number; timer: number }
  | { kind: 'stopped'; at: number; error?: string; cause?: string }
  /** An execution that ended without success goes on from where it failed. */
  | { kind: 'redriven'; at: number; clientToken?: string };

/** A task for the world to do, and to answer with `submitted`, `succeeded` or `failed` under its number. */
export interface TaskOrder {
  task: number;
  /** The state's Resource, unchanged. */
  resource: string;
  arguments: unknown;
  credentials?: unknown;
  /** Only for `.waitForTaskToken`: whoever has it may answer. */
  token?: string;
}

export type Effect =
  | { kind: 'schedule'; order: TaskOrder }
  /** Nobody waits for this task any more (timeout, sibling failed, stop). */
  | { kind: 'cancel'; task: number }
  | { kind: 'timer'; timer: number; at: number }
  | { kind: 'cancel-timer'; timer: number }
  | { kind: 'ended' };

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** An event as GetExecutionHistory gives it, but for `timestamp`, which is in milliseconds. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: number;
  type: string;
  [details: `${string}EventDetails`]: Record<string, unknown> | undefined;
}
