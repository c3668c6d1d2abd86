import type { Page } from '../../shared/contracts/endpoint.ts';
import type { Paged } from '../../shared/stores/table.ts';
import { backInDays, dayCursorOf, isKey, type ReadDay, type ReadPage } from './days.ts';
import { invalidFields, type Reply } from './reply.ts';

export type Listed<T> = { ok: true; page: Paged<T> } | { ok: false; reply: Reply };

/** A filter that finds little stops after this many pages and gives a cursor. */
const PAGES_AT_ONCE = 40;

const badCursor = invalidFields([
  { path: 'cursor', message: 'Not a cursor of this list: send what the page before gave as next, or leave it out' },
]);

/** Reads one page; a cursor that was not ours is the caller's mistake, whether it shows here or only in DynamoDB. */
const listed = async <T>(page: Page, isOurs: (cursor: string) => boolean, read: ReadPage<T>): Promise<Listed<T>> => {
  const given = page.cursor !== undefined;
  if (page.cursor !== undefined && !isOurs(page.cursor)) return { ok: false, reply: badCursor };
  try {
    return { ok: true, page: await read(page) };
  } catch (error) {
    if (given && error instanceof Error && error.name === 'ValidationException') return { ok: false, reply: badCursor };
    throw error;
  }
};

/** A list whose cursor is the store's own. */
export const byKey = <T>(page: Page, read: ReadPage<T>): Promise<Listed<T>> => listed(page, isKey, read);

/** A day that somebody made up may lie so far ahead that walking back from it takes for ever. */
const isAtMost = (day: string | undefined, now: number): boolean => day !== undefined && day <= new Date(now).toISOString().slice(0, 10);

/** A list that is indexed by day; its cursor carries the day and the place within it. `back`: days looked at, at most. */
export const byDay = <T>(page: Page, now: number, ofDay: ReadDay<T>, back?: number): Promise<Listed<T>> =>
  listed(page, (cursor) => isAtMost(dayCursorOf(cursor)?.day, now), backInDays(now, ofDay, back));

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
