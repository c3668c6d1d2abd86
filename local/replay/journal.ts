import type { Rest } from '../../client/rest.ts';
import type { JournalEntry } from '../../shared/contracts/journal.ts';

export type Entry = Pick<JournalEntry, 'kind' | 'at' | 'executionId' | 'data'>;

interface Found {
  readonly entries: readonly Entry[];
  readonly cut: boolean;
}

const PAGE = 200;
const MOST_PAGES = 50;

/** Journal entries of a kind since `since`, newest first, up to a bound of pages; `cut` where there were more. */
export const entriesSince = async (rest: Rest, kind: string, since: number, mostPages = MOST_PAGES): Promise<Found> => {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, next } = await rest.ask('audit', { query: { kind, limit: PAGE, cursor } });
    const fresh = items.filter(({ at }) => Date.parse(at) >= since);
    entries.push(...fresh);
    cursor = next;
    if (!cursor || fresh.length < items.length) return { entries, cut: false };
  }
  return { entries, cut: true };
};
