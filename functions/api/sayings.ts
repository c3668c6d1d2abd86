import type { JournalEntry, JournalKind } from '../../shared/contracts/journal.ts';
import { apart } from '../../shared/domain/apart.ts';
import { type JournalStore, orderOf } from '../../shared/stores/journal.ts';
import { decodeCursor, encodeCursor, type Paged } from '../../shared/stores/table.ts';
import type { ReadDay } from './days.ts';

/** A list that finds little stops after so many pages and gives a cursor. */
const PAGES_AT_ONCE = 40;

/** One saying: what an entry says of one event. `nth` is its place in its entry. */
export interface Saying {
  readonly order: string;
  readonly nth: number;
  readonly said: JournalEntry;
}

/** A cursor of sayings names the entry in which the next one stands, and how many of that entry were shown. All of it is text, as every cursor is. */
const encode = ({ order, nth }: Pick<Saying, 'order' | 'nth'>): string => encodeCursor({ order, nth: String(nth) });

/** A cursor before everything that was said before a time (ISO 8601 UTC). */
export const before = (at: string): string => encode({ order: at, nth: 0 });

const startOf = (cursor: string | undefined): { order: string | undefined; nth: number } => {
  const { order, nth } = (cursor === undefined ? undefined : decodeCursor(cursor)) ?? {};
  return { order: typeof order === 'string' ? order : undefined, nth: Number(nth ?? 0) };
};

export const sayingsOf = (entry: JournalEntry): Saying[] => apart(entry).map((said, nth) => ({ order: orderOf(entry), nth, said }));

/** Where a list goes on that has read all up to the entry of this key without finding enough. */
const after = (next: string, last: Saying | undefined): string => {
  const order = String(decodeCursor(next)?.['order']);
  return encode({ order, nth: last?.order === order ? last.nth + 1 : 0 });
};

/** A page of sayings that are all at hand, newest first. */
export const pageOf = (all: readonly Saying[], { limit, cursor }: { limit: number; cursor?: string | undefined }): Paged<JournalEntry> => {
  const start = startOf(cursor);
  const isLeft = ({ order, nth }: Saying): boolean =>
    start.order === undefined || order < start.order || (order === start.order && nth >= start.nth);
  const left = all.filter(isLeft).sort((a, b) => (a.order === b.order ? a.nth - b.nth : a.order < b.order ? 1 : -1));
  const more = left[limit];
  return { items: left.slice(0, limit).map(({ said }) => said), ...(more ? { next: encode(more) } : {}) };
};

/**
 * What the entries of these kinds say of a day, newest first, one event at a time: the entry of a batch is shown piece by piece, and a cursor may
 * stand in the middle of it.
 */
export const sayingsOfDay =
  (journal: Pick<JournalStore, 'ofDay'>, kinds: readonly JournalKind[]): ReadDay<JournalEntry> =>
  async (day, { limit, cursor }) => {
    const start = startOf(cursor);
    const found: Saying[] = [];
    let next: string | undefined;
    for (let pages = 0; pages < PAGES_AT_ONCE; pages += 1) {
      const page = await journal.ofDay(day, { limit: limit + 1, cursor: next, upTo: start.order, kinds });
      found.push(...page.items.flatMap(sayingsOf).filter(({ order, nth }) => order !== start.order || nth >= start.nth));
      next = page.next;
      const more = found[limit];
      if (more) return { items: found.slice(0, limit).map(({ said }) => said), next: encode(more) };
      if (!next) break;
    }
    return { items: found.map(({ said }) => said), next: next && after(next, found.at(-1)) };
  };
