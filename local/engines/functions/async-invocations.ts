import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import type { AsyncCondition, Destinations } from './destinations.ts';
import { isThrottled } from './outcome.ts';

interface AsyncInvocation {
  readonly id: string;
  readonly functionName: string;
  readonly payload: unknown;
  /** When it was accepted. */
  readonly at: number;
  attempts: number;
  /** When it is tried next. */
  due: number;
}

export type AsyncRecord =
  | { op: 'async'; id: string; functionName: string; payload: unknown; at: number; attempts?: number; due?: number }
  | { op: 'async-tried'; id: string; due: number }
  | { op: 'async-done'; id: string };

export interface AsyncPolicy {
  readonly functionArn: string;
  readonly roleArn: string;
  readonly maximumRetries: number;
  readonly maximumAgeMs: number;
  readonly onSuccessArn: string | undefined;
  readonly onFailureArn: string | undefined;
  readonly deadLetterArn: string | undefined;
}

export interface AsyncDeps {
  readonly invoke: (functionName: string, payload: unknown, requestId: string) => Promise<InvokeOutcome>;
  readonly policy: (functionName: string) => AsyncPolicy;
  readonly destinations: Destinations;
  readonly ended: () => void;
}

/** Invocations nobody waits for: accepted in one turn, kept in the log until they succeed or are given up. */
export interface AsyncInvocations {
  /** Returns the request's id. */
  accept(functionName: string, payload: unknown): string;
  apply(record: AsyncRecord): void;
  /** What is still pending, with the attempts behind it. */
  snapshot(): AsyncRecord[];
  resume(): void;
  pending(): number;
}

/** Lambda waits a minute before the first retry and two before the second. */
const RETRY_AFTER_MS = [0, 60_000, 120_000];
/** Where the function is throttled, from a second on, doubling up to five minutes, for as long as the event may live. */
const THROTTLED_MS = 1_000;
const LONGEST_THROTTLED_MS = 300_000;

export const createAsyncInvocations = ({ scheduler, log }: Ground, deps: AsyncDeps): AsyncInvocations => {
  const all = new Map<string, AsyncInvocation>();

  const apply = (record: AsyncRecord): void => {
    if (record.op === 'async') {
      const { id, functionName, payload, at, attempts = 0, due = at } = record;
      all.set(id, { id, functionName, payload, at, attempts, due });
    } else if (record.op === 'async-done') all.delete(record.id);
    else {
      const invocation = all.get(record.id);
      if (!invocation) return;
      invocation.attempts += 1;
      invocation.due = record.due;
    }
  };
  const commit = (record: AsyncRecord): void => {
    log.write('functions', record);
    apply(record);
  };
  const schedule = (invocation: AsyncInvocation, throttles = 0): void => {
    scheduler.after(Math.max(0, invocation.due - scheduler.now()), () => void attempt(invocation, throttles));
  };

  /** Done or given up: told in the same turn in which it is forgotten. */
  const end = (invocation: AsyncInvocation, condition: AsyncCondition, outcome: InvokeOutcome | undefined): void => {
    const policy = deps.policy(invocation.functionName);
    const { functionArn, roleArn, onSuccessArn, onFailureArn, deadLetterArn } = policy;
    const ended = { ...invocation, functionArn, roleArn, condition, outcome, attempts: invocation.attempts + (outcome?.ok ? 1 : 0) };
    const destination = condition === 'Success' ? onSuccessArn : onFailureArn;
    if (destination) deps.destinations.tell(destination, ended);
    if (condition !== 'Success' && deadLetterArn) deps.destinations.bury(deadLetterArn, ended);
    commit({ op: 'async-done', id: invocation.id });
  };

  const waitThrottled = (invocation: AsyncInvocation, throttles: number): void => {
    const { maximumAgeMs } = deps.policy(invocation.functionName);
    invocation.due = scheduler.now() + Math.min(LONGEST_THROTTLED_MS, THROTTLED_MS * 2 ** Math.min(throttles, 10));
    if (invocation.due - invocation.at > maximumAgeMs) end(invocation, 'EventAgeExceeded', undefined);
    else schedule(invocation, throttles + 1);
  };
  const failed = (invocation: AsyncInvocation, outcome: InvokeOutcome): void => {
    const { maximumRetries, maximumAgeMs } = deps.policy(invocation.functionName);
    const due = scheduler.now() + (RETRY_AFTER_MS[invocation.attempts + 1] ?? 120_000);
    commit({ op: 'async-tried', id: invocation.id, due });
    if (invocation.attempts > maximumRetries) end(invocation, 'RetriesExhausted', outcome);
    else if (due - invocation.at > maximumAgeMs) end(invocation, 'EventAgeExceeded', outcome);
    else schedule(invocation);
  };
  const attempt = async (invocation: AsyncInvocation, throttles: number): Promise<void> => {
    const outcome = await deps.invoke(invocation.functionName, invocation.payload, invocation.id);
    if (isThrottled(outcome)) waitThrottled(invocation, throttles);
    else if (outcome.ok) end(invocation, 'Success', outcome);
    else failed(invocation, outcome);
    deps.ended();
  };

  return {
    accept: (functionName, payload) => {
      const id = scheduler.uuid();
      commit({ op: 'async', id, functionName, payload, at: scheduler.now() });
      schedule(all.get(id) as AsyncInvocation);
      return id;
    },
    apply,
    snapshot: () => Array.from(all.values(), (invocation) => ({ op: 'async', ...invocation })),
    resume: () => {
      for (const invocation of all.values()) schedule(invocation);
    },
    pending: () => all.size,
  };
};
