import type { JournalEntry } from '../contracts/journal.ts';

type Said = Pick<JournalEntry, 'data'> & Partial<Pick<JournalEntry, 'incidentId'>>;

interface Item extends Record<string, unknown> {
  readonly incidentId?: string;
}

/** What an entry says, one by one: the entry of a batch (`data.items`) is taken apart into one for each event, any other is itself. */
export const apart = <T extends Said>(entry: T): T[] => {
  const { items } = entry.data;
  if (!Array.isArray(items)) return [entry];
  return items.map(({ incidentId, ...data }: Item) => ({ ...entry, incidentId: incidentId ?? entry.incidentId, data }));
};
