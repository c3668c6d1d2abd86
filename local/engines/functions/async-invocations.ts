import type { Ground, InvokeOutcome } from '../../kernel/engine.ts';
import type { SendOptions } from '../queues/queues.ts';

interface AsyncInvocation {
  readonly id: string;
  readonly functionName: string;
  readonly payload: unknown;
  attempts: number;
}

export type AsyncRecord =
  | { op: 'async'; id: string; functionName: string; payload: unknown; attempts?: number }
  | { op: 'async-tried'; id: string }
  | { op: 'async-done'; id: string };

export interface FailurePolicy {
  readonly functionArn: string;
  readonly maximumRetries: number;
  readonly destinationArn: string | undefined;
  readonly deadLetterArn: string | undefined;
}

export interface AsyncDeps {
  readonly invoke: (functionName: string, payload: unknown) => Promise<InvokeOutcome>;
  readonly policy: (functionName: string) => FailurePolicy;
  readonly send: (queueArn: string, body: string, options?: SendOptions) => unknown;
  readonly ended: () => void;
}

/** Invocations nobody waits for: accepted in one turn, kept in the log until they succeed or are given up. */
export interface AsyncInvocations {
  accept(functionName: string, payload: unknown): void;
  apply(record: AsyncRecord): void;
  /** What is still pending, with the attempts behind it. */
  snapshot(): AsyncRecord[];
  resume(): void;
  pending(): number;
}

/** Lambda waits a minute before the first retry and two before the second. */
const RETRY_AFTER_MS = [0, 60_000, 120_000];

const destinationBody = (invocation: AsyncInvocation, { functionArn }: FailurePolicy, now: number, outcome: InvokeOutcome): string =>
  JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: { requestId: invocation.id, functionArn, condition: 'RetriesExhausted', approximateInvokeCount: invocation.attempts },
    requestPayload: invocation.payload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: outcome.ok ? outcome.payload : JSON.parse(outcome.cause),
  });

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

export const createAsyncInvocations = ({ scheduler, log }: Ground, deps: AsyncDeps): AsyncInvocations => {
  const all = new Map<string, AsyncInvocation>();

  const apply = (record: AsyncRecord): void => {
    if (record.op === 'async')
      all.set(record.id, { id: record.id, functionName: record.functionName, payload: record.payload, attempts: record.attempts ?? 0 });
    else if (record.op === 'async-done') all.delete(record.id);
    else {
      const invocation = all.get(record.id);
      if (invocation) invocation.attempts += 1;
    }
  };
  const commit = (record: AsyncRecord): void => {
    log.write('functions', record);
    apply(record);
  };
  const giveUp = (invocation: AsyncInvocation, outcome: InvokeOutcome): void => {
    const policy = deps.policy(invocation.functionName);
    if (policy.destinationArn) deps.send(policy.destinationArn, destinationBody(invocation, policy, scheduler.now(), outcome));
    if (policy.deadLetterArn) {
      const error = outcome.ok ? '' : outcome.cause.slice(0, 1_024);
      const attributes = {
        RequestID: text(invocation.id),
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: text(error),
      };
      deps.send(policy.deadLetterArn, JSON.stringify(invocation.payload), { attributes });
    }
  };
  const attempt = async (invocation: AsyncInvocation): Promise<void> => {
    const outcome = await deps.invoke(invocation.functionName, invocation.payload);
    if (!outcome.ok) commit({ op: 'async-tried', id: invocation.id });
    const over = outcome.ok || invocation.attempts > deps.policy(invocation.functionName).maximumRetries;
    if (over) {
      if (!outcome.ok) giveUp(invocation, outcome);
      commit({ op: 'async-done', id: invocation.id });
    } else schedule(invocation);
    deps.ended();
  };
  const schedule = (invocation: AsyncInvocation): void => {
    scheduler.after(RETRY_AFTER_MS[invocation.attempts] ?? 120_000, () => void attempt(invocation));
  };

  return {
    accept: (functionName, payload) => {
      const id = scheduler.uuid();
      commit({ op: 'async', id, functionName, payload });
      schedule(all.get(id) as AsyncInvocation);
    },
    apply,
    snapshot: () => Array.from(all.values(), (invocation) => ({ op: 'async', ...invocation })),
    resume: () => {
      for (const invocation of all.values()) schedule(invocation);
    },
    pending: () => all.size,
  };
};
