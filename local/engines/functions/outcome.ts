import type { InvokeOutcome } from '../../kernel/engine.ts';

/** A failed invocation as Lambda reports it: the error's name, and a cause that is JSON. */
export const failure = (errorType: string, errorMessage: string, trace: readonly string[] = []): InvokeOutcome => ({
  ok: false,
  error: errorType,
  cause: JSON.stringify({ errorType, errorMessage, trace }),
});

export const thrown = (error: unknown): InvokeOutcome =>
  error instanceof Error ? failure(error.name, error.message, (error.stack ?? '').split('\n')) : failure(typeof error, String(error));

export const timedOut = (requestId: string, timeoutMs: number): InvokeOutcome => {
  const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
  return { ok: false, error: 'Sandbox.Timedout', cause: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }) };
};

/** What passes between a function and its caller passes as JSON: no shared references, no undefined, no dates. */
export const throughJson = (value: unknown): unknown => {
  const text = JSON.stringify(value);
  return text === undefined ? null : (JSON.parse(text) as unknown);
};

export const succeeded = (result: unknown): InvokeOutcome => {
  try {
    return { ok: true, payload: throughJson(result) };
  } catch (error) {
    return failure('Runtime.MarshalError', `Unable to stringify response body: ${(error as Error).message}`);
  }
};
