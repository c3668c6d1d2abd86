import type { InvokeOutcome } from '../../kernel/engine.ts';

/** Lambda's bound on what a waiting caller sends or is given, in bytes of JSON. */
export const SYNC_BYTES = 6_291_556;
/** And on what is left for later. */
export const ASYNC_BYTES = 262_144;

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

const THROTTLED = 'Lambda.TooManyRequestsException';

/** The function never ran: everything it may run at once was taken. */
export const throttled = (): InvokeOutcome => ({ ok: false, error: THROTTLED, cause: 'Rate Exceeded.' });
export const isThrottled = (outcome: InvokeOutcome): boolean => !outcome.ok && outcome.error === THROTTLED;

/** What passes between a function and its caller passes as JSON: no shared references, no undefined, no dates. */
export const throughJson = (value: unknown): unknown => {
  const text = JSON.stringify(value);
  return text === undefined ? null : (JSON.parse(text) as unknown);
};

export const succeeded = (result: unknown): InvokeOutcome => {
  try {
    const text = JSON.stringify(result);
    if (text === undefined) return { ok: true, payload: null };
    // A string has at most three bytes of UTF-8 to a character: most are not worth measuring.
    if (text.length * 3 > SYNC_BYTES && Buffer.byteLength(text) > SYNC_BYTES)
      return failure('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${SYNC_BYTES} bytes).`);
    return { ok: true, payload: JSON.parse(text) as unknown };
  } catch (error) {
    return failure('Runtime.MarshalError', `Unable to stringify response body: ${(error as Error).message}`);
  }
};

/** What a failed invocation answers as its payload; a cause that is no JSON is the service's own word. */
export const payloadOf = (outcome: InvokeOutcome): unknown => {
  if (outcome.ok) return outcome.payload;
  try {
    return JSON.parse(outcome.cause) as unknown;
  } catch {
    return { errorType: outcome.error, errorMessage: outcome.cause };
  }
};
