import type { Review, ReviewWeek } from '../contracts/review.ts';
import { iso } from '../lambda/ids.ts';
import { REVIEWED_WITHIN_MS } from './report.ts';
import { spanOfWeek } from './week.ts';

/** So long after its end (ms) a week ought to be signed: by then the next one is over. */
const DUE_MS = 7 * 24 * 3_600_000;

/** What is known of reviews: since when this installation is reviewed (RFC 3339; undefined before its first minute), and what was signed. */
export interface Known {
  readonly since: string | undefined;
  readonly reviews: readonly Review[];
}

/** How a week stands at `now` (ms); undefined for one that its year does not have. Pure. */
export const standing = (week: string, { since, reviews }: Known, now: number): ReviewWeek | undefined => {
  const span = spanOfWeek(week);
  if (!span) return undefined;
  const [from, due] = [span.to + REVIEWED_WITHIN_MS, span.to + DUE_MS];
  const review = reviews.find((one) => one.week === week);
  const timed = { week, from: iso(from), due: iso(due) };
  if (review) return { ...timed, state: 'signed', review };
  if (since === undefined || span.to <= Date.parse(since)) return { ...timed, state: 'none' };
  if (now < from) return { ...timed, state: 'early' };
  return { ...timed, state: now < due ? 'open' : 'overdue' };
};
