import type { Tries } from '../../shared/stores/signins.ts';

/** So many attempts that no success followed, within so long (ms), lock for as long. CJIS Security Policy, AC-7. */
const MOST = 5;
const WINDOW_MS = 15 * 60 * 1000;

export interface Verdict {
  readonly allowed: boolean;
  /** What to keep; absent where nothing changes. */
  readonly keep?: Omit<Tries, 'n'>;
}

/**
 * Whether one more attempt may be made at `now` (ms). The pool asks before it looks at the password and tells us of success alone, so an attempt
 * counts as failed until it succeeds: the sixth in a quarter of an hour is not made. Pure.
 */
export const attempt = (before: Tries | undefined, now: number): Verdict => {
  if ((before?.lockedUntil ?? 0) > now) return { allowed: false };
  // A lock that is over wipes the slate.
  const counted = before?.lockedUntil ? [] : (before?.tries ?? []).filter((at) => at > now - WINDOW_MS);
  if (counted.length >= MOST) return { allowed: false, keep: { tries: counted, lockedUntil: now + WINDOW_MS } };
  return { allowed: true, keep: { tries: [...counted, now] } };
};
