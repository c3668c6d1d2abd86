import * as z from 'zod';
import type { Page } from '../../shared/contracts/endpoints.ts';
import { decodeCursor, type Paged } from '../../shared/stores/table.ts';
import { invalidFields, type Reply } from './reply.ts';

export type ReadPage<T> = (page: { limit: number; cursor?: string }) => Promise<Paged<T>>;
export type Listed<T> = { ok: true; page: Paged<T> } | { ok: false; reply: Reply };

const DAY_MS = 24 * 3600 * 1000;
const DAYS_BACK = 400;
/** Empty days are asked for together: a quiet year costs a dozen turns, not 400. */
const DAYS_AT_ONCE = 32;
/** A filter that finds little stops after this many pages and gives a cursor. */
const PAGES_AT_ONCE = 40;

const badCursor = invalidFields([
  { path: 'cursor', message: 'Not a cursor of this list: send what the page before gave as next, or leave it out' },
]);

const DayCursor = z.object({ day: z.iso.date(), inner: z.string().optional() });
type DayCursor = z.infer<typeof DayCursor>;

const encode = (cursor: DayCursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
const dayBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** A key of ours is all text; what a caller made up may be anything. */
const isKey = (cursor: string): boolean => Object.values(decodeCursor(cursor) ?? { none: 0 }).every((value) => typeof value === 'string');

/** Reads one page; a cursor that was not ours is the caller's mistake, whether it shows here or only in DynamoDB. */
export const listed = async <T>(page: Page, isOurs: (cursor: string) => boolean, read: ReadPage<T>): Promise<Listed<T>> => {
  if (page.cursor !== undefined && !isOurs(page.cursor)) return { ok: false, reply: badCursor };
  try {
    return { ok: true, page: await read(page) };
  } catch (error) {
    if (page.cursor !== undefined && error instanceof Error && error.name === 'ValidationException') return { ok: false, reply: badCursor };
    throw error;
  }
};

/** A list whose cursor is the store's own. */
export const byKey = <T>(page: Page, read: ReadPage<T>): Promise<Listed<T>> => listed(page, isKey, read);

const dayCursorOf = (cursor: string | undefined): DayCursor | undefined => {
  const parsed = DayCursor.safeParse(cursor === undefined ? undefined : decodeCursor(cursor));
  return parsed.success && (parsed.data.inner === undefined || isKey(parsed.data.inner)) ? parsed.data : undefined;
};

/** A list that is indexed by day, as one list: newest first, from `now` back, over as many empty days as there are. */
export const backInDays =
  <T>(now: number, ofDay: (day: string, page: { limit: number; cursor?: string }) => Promise<Paged<T>>): ReadPage<T> =>
  async ({ limit, cursor }) => {
    const oldest = dayBefore(new Date(now).toISOString().slice(0, 10), DAYS_BACK);
    let at: DayCursor = dayCursorOf(cursor) ?? { day: new Date(now).toISOString().slice(0, 10) };
    const items: T[] = [];
    for (let width = 1; at.day > oldest; width = DAYS_AT_ONCE) {
      const days = Array.from({ length: width }, (_, back) => dayBefore(at.day, back)).filter((day) => day > oldest);
      const { inner } = at;
      const pages = await Promise.all(
        days.map((day, index) => ofDay(day, { limit: limit - items.length, cursor: index === 0 ? inner : undefined })),
      );
      for (const [index, page] of pages.entries()) {
        const day = days[index] ?? oldest;
        const room = limit - items.length;
        if (page.items.length > room || room === 0) return { items, next: encode({ day, inner: index === 0 ? inner : undefined }) };
        items.push(...page.items);
        if (page.next) return { items, next: encode({ day, inner: page.next }) };
      }
      at = { day: dayBefore(days.at(-1) ?? oldest, 1) };
      if (items.length === limit && at.day > oldest) return { items, next: encode(at) };
    }
    return { items };
  };

export const byDay = <T>(
  page: Page,
  now: number,
  ofDay: (day: string, page: { limit: number; cursor?: string }) => Promise<Paged<T>>,
): Promise<Listed<T>> => listed(page, (cursor) => dayCursorOf(cursor) !== undefined, backInDays(now, ofDay));

/** Only what `keep` lets through. Never reads past what it returns, so its cursor loses nothing. */
export const filtered =
  <T>(read: ReadPage<T>, keep: (item: T) => boolean): ReadPage<T> =>
  async ({ limit, cursor }) => {
    const items: T[] = [];
    let next = cursor;
    for (let pages = 0; pages < PAGES_AT_ONCE; pages += 1) {
      const page = await read({ limit: limit - items.length, cursor: next });
      items.push(...page.items.filter(keep));
      next = page.next;
      if (!next || items.length >= limit) break;
    }
    return { items, next };
  };
