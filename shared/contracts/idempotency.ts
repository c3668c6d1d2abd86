import * as z from 'zod';

/** The header that makes of a request sent twice one that is done once. */
export const IDEMPOTENCY_KEY = 'Idempotency-Key';
/** `true` on the first answer to a key, given again. */
export const IDEMPOTENCY_REPLAYED = 'Idempotency-Replayed';

/** A text of the caller's own; each caller has their own keys. */
export const IdempotencyKey = z
  .string()
  .max(255)
  .regex(/^[\x21-\x7e]+$/, 'Send 1 to 255 visible ASCII characters, a UUID for instance');

/** So long a first answer is given again (ms). */
export const ANSWER_KEPT_MS = 24 * 3600 * 1000;
