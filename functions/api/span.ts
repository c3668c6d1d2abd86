import { DAYS_BACK } from './days.ts';
import { invalidFields, type Reply } from './reply.ts';

/** Which part of a list by day is asked for: RFC 3339 times, `from` included and `to` not. */
interface Asked {
  from?: string | undefined;
  to?: string | undefined;
}

/** `newest` is where reading begins (ms since the epoch), `back` over how many days it goes. */
export interface Span {
  newest: number;
  back: number;
  holds: (at: string) => boolean;
}

const DAY_MS = 24 * 3600 * 1000;
const dayNumber = (ms: number): number => Math.floor(ms / DAY_MS);

/** A span of time as a list by day reads it, or the 400 for one that ends before it begins. `now` is ms since the epoch. */
export const spanOf = ({ from, to }: Asked, now: number): { ok: true; span: Span } | { ok: false; reply: Reply } => {
  const start = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const end = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  if (start >= end) return { ok: false, reply: invalidFields([{ path: 'from', message: 'Must lie before to' }]) };
  const newest = Math.min(now, end - 1);
  const oldest = Math.max(start, now - (DAYS_BACK - 1) * DAY_MS);
  const back = Math.max(0, dayNumber(newest) - dayNumber(oldest) + 1);
  return { ok: true, span: { newest, back, holds: (at) => Date.parse(at) >= start && Date.parse(at) < end } };
};
