/** Errors that the SDK's standard mode retries; the short circuit skips that middleware, so it repeats it here. */
const RETRYABLE = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
]);
const ATTEMPTS = 3;

/** Repeats `call` up to three attempts on throttles and server faults. Without a network there is nothing to wait for: the next turn is enough. */
export const withRetry = async <T>(call: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof Error) || !RETRYABLE.has(error.name)) throw error;
    }
  }
};
