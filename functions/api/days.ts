import * as z from 'zod';
import { decodeCursor, encodeCursor, type Paged } from '../../shared/stores/table.ts';

export type ReadPage<T> = (page: { limit: number; cursor?: string }) => Promise<Paged<T>>;
export type ReadDay<T> = (day: string, page: { limit: number; cursor?: string }) => Promise<Paged<T>>;

const DAY_MS = 24 * 3600 * 1000;
/** As long as anything that is listed by day is kept. */
export const DAYS_BACK = 400;
/** Days are asked for together once the first was empty or short: a quiet year costs a dozen turns, not 400. */
const DAYS_AT_ONCE = 32;

/** A place in a list of days: a day, and the store's own cursor within it. */
const DayCursor = z.object({ day: z.iso.date(), inner: z.string().optional() });
type DayCursor = z.infer<typeof DayCursor>;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const before = ({ day }: DayCursor): DayCursor => ({ day: dayOf(Date.parse(day) - DAY_MS) });

/** A key of ours is all text; what a caller made up may be anything. */
export const isKey = (cursor: string): boolean =>
  Object.values(decodeCursor(cursor) ?? { none: 0 }).every((value) => typeof value === 'string');

export const dayCursorOf = (cursor: string | undefined): DayCursor | undefined => {
  const parsed = DayCursor.safeParse(cursor === undefined ? undefined : decodeCursor(cursor));
  return parsed.success && (parsed.data.inner === undefined || isKey(parsed.data.inner)) ? parsed.data : undefined;
};

/** Up to `count` days from `from` back, none older than `oldest`. */
const daysFrom = (from: DayCursor, count: number, oldest: string): DayCursor[] => {
  const days: DayCursor[] = [];
  for (let at = from; at.day > oldest && days.length < count; at = before(at)) days.push(at);
  return days;
};

/** Takes pages in order while there is room; returns where the rest begins, or undefined where nothing is left. */
const take = <T>(items: T[], limit: number, days: DayCursor[], pages: Paged<T>[]): DayCursor | undefined => {
  for (const [index, at] of days.entries()) {
    const page = pages[index] ?? { items: [] };
    const room = limit - items.length;
    if (room === 0 || page.items.length > room) return at;
    items.push(...page.items);
    if (page.next) return { day: at.day, inner: page.next };
  }
  return undefined;
};

/** A list that is indexed by day, as one list: newest first, from `now` back over as many empty days as there are, or as `back` says. */
export const backInDays =
  <T>(now: number, ofDay: ReadDay<T>, back = DAYS_BACK): ReadPage<T> =>
  async ({ limit, cursor }) => {
    const oldest = dayOf(now - back * DAY_MS);
    const items: T[] = [];
    let days = daysFrom(dayCursorOf(cursor) ?? { day: dayOf(now) }, 1, oldest);
    for (let last = days.at(-1); last; last = days.at(-1)) {
      const pages = await Promise.all(days.map(({ day, inner }) => ofDay(day, { limit: limit - items.length, cursor: inner })));
      const rest = take(items, limit, days, pages);
      if (rest) return { items, next: encodeCursor(rest) };
      days = daysFrom(before(last), DAYS_AT_ONCE, oldest);
      if (items.length === limit && days[0]) return { items, next: encodeCursor(days[0]) };
    }
    return { items };
  };
