import { AwsError } from '../../kernel/aws-error.ts';

/** A target's own, as EventBridge and Scheduler write it. */
export interface RetryPolicy {
  MaximumRetryAttempts?: number | string;
  MaximumEventAgeInSeconds?: number | string;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 600_000;
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;

/** Twice as long each time, up to ten minutes, the second half of it by chance: 185 attempts take about a day, as AWS has it. */
export const backoffMs = (attempts: number, random: () => number): number => {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(most / 2 + (most / 2) * random());
};

/** Why a delivery is given up after so many retries, or undefined where it is tried again at that age. */
export const exhausted = (policy: RetryPolicy | undefined, retries: number, nextAgeMs: number): string | undefined => {
  if (retries >= Number(policy?.MaximumRetryAttempts ?? DEFAULT_ATTEMPTS)) return 'MaximumRetryAttempts';
  if (nextAgeMs > Number(policy?.MaximumEventAgeInSeconds ?? DEFAULT_AGE_SECONDS) * 1000) return 'MaximumEventAgeInSeconds';
  return undefined;
};

const TRANSIENT = /Throttl|TooManyRequests|LimitExceeded|OverLimit|ServiceUnavailable|Timeout|InternalFailure|InternalServer/i;

/** Whether trying again may help: a missing target or permission is not mended by waiting. */
export const transient = (error: Error): boolean => !(error instanceof AwsError) || error.$fault === 'server' || TRANSIENT.test(error.name);

const CODES: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|NotAuthorized/, 'NO_PERMISSIONS'],
  [/DoesNotExist|NotFound/, 'NO_RESOURCE'],
  [/Throttl|TooManyRequests/, 'THROTTLING'],
  [/Limit/, 'RESOURCE_LIMIT_EXCEEDED'],
  [/Timeout/, 'TIMEOUT'],
  [/InvalidJson/, 'INVALID_JSON'],
  [/Invalid|Validation|Missing/, 'INVALID_PARAMETER'],
];

/** EventBridge's own word for what went wrong. */
export const errorCode = ({ name }: Error): string => CODES.find(([known]) => known.test(name))?.[1] ?? 'SDK_CLIENT_ERROR';
