/** What the SDK's standard retry does, repeated for calls that never reach the SDK's own: the errors, the waits and the budget. */

const THROTTLES = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
const TRANSIENT = new Set(['TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);
const CONNECTION = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

const LONGEST_WAIT_MS = 20_000;
const THROTTLED_WAIT_MS = 1_000;
const BUDGET = 500;
const COST = { throttled: 5, transient: 14 } as const;

type Kind = keyof typeof COST;

/** Why a call may be made again; undefined where it may not. Server faults of the services here are 5xx answers. */
const kindOf = (error: unknown): Kind | undefined => {
  const { name, code, $fault, $retryable } = (error ?? {}) as {
    name?: string;
    code?: string;
    $fault?: string;
    $retryable?: { throttling?: boolean };
  };
  if (THROTTLES.has(name ?? '') || $retryable?.throttling) return 'throttled';
  const transient = TRANSIENT.has(name ?? '') || CONNECTION.has(code ?? '') || $fault === 'server' || $retryable !== undefined;
  return transient ? 'transient' : undefined;
};

export interface RetryOptions {
  /** Attempts altogether: DynamoDB's client makes four, every other three. */
  readonly attempts: number;
  /** The first wait after a transient error, at most, in ms. */
  readonly waitMs: number;
  readonly pause: (ms: number) => Promise<void>;
  readonly random: () => number;
}

export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

/** One client's retry: it waits a random part of a doubling time, and gives up sooner when too much of late was in vain. */
export const createRetry = ({ attempts, waitMs, pause, random }: RetryOptions): Retry => {
  let budget = BUDGET;
  return async (call) => {
    let cost = 1;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await call();
        budget = Math.min(BUDGET, budget + cost);
        return answer;
      } catch (error) {
        const kind = kindOf(error);
        if (!kind || attempt >= attempts || budget < COST[kind]) throw error;
        cost = COST[kind];
        budget -= cost;
        const base = kind === 'throttled' ? THROTTLED_WAIT_MS : waitMs;
        await pause(Math.floor(random() * Math.min(base * 2 ** (attempt - 1), LONGEST_WAIT_MS)));
      }
    }
  };
};
