/** How far a clock may run ahead before its time is no longer believed at all, and before it is pulled back to ours (ms). */
const BELIEVED_MS = 24 * 3600 * 1000;
const SKEW_MS = 2_000;

/** Why an observation time cannot be taken, or undefined. Times are ms since the epoch. */
export const timeRefusal = (occurredAt: number, now: number): string | undefined => {
  if (!Number.isFinite(occurredAt)) return 'time is not a date; send RFC 3339, such as 2026-11-22T17:00:00Z';
  if (occurredAt - now > BELIEVED_MS) return 'time is more than 24 hours ahead of the engine; check the clock of the source';
  if (occurredAt < 0) return 'time is before 1970; check the clock of the source';
  return undefined;
};

/** A time a little ahead is pulled back to now, so that it poisons no window. */
export const clampTime = (occurredAt: number, now: number): { at: number; clamped: boolean } =>
  occurredAt > now + SKEW_MS ? { at: now, clamped: true } : { at: Math.min(occurredAt, now), clamped: false };
