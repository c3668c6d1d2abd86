import type { JournalEntry } from '../../shared/contracts/journal.ts';
import { apart } from '../../shared/domain/apart.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import { type JournalStore, orderOf } from '../../shared/stores/journal.ts';
import { decodeCursor, encodeCursor } from '../../shared/stores/table.ts';
import type { ReadPage } from './days.ts';

export interface TrailDeps {
  readonly journal: JournalStore;
  readonly events: EventsStore;
  readonly incidents: IncidentsStore;
}

/** Newest first. */
const byOrder = (a: JournalEntry, b: JournalEntry): number => (orderOf(a) < orderOf(b) ? 1 : -1);

const orderIn = (cursor: string | undefined): string | undefined => {
  const order = cursor === undefined ? undefined : decodeCursor(cursor)?.['order'];
  return typeof order === 'string' ? order : undefined;
};

/** How the events of an incident came in: the entries of their batches, each with what it says of these events alone. */
const arrivals = async ({ journal, events, incidents }: TrailDeps, incidentId: string): Promise<JournalEntry[]> => {
  const members = await events.among((await incidents.members(incidentId)).map(nodeOf));
  const keys = new Set<unknown>(members.map(({ key }) => key));
  const entries = await journal.at(members.flatMap(({ accepted, fused }) => (fused ? [accepted, fused] : [accepted])));
  return entries.map((entry) => ({
    ...entry,
    data: {
      items: apart(entry)
        .map(itemOf)
        .filter(({ eventKey }) => keys.has(eventKey)),
    },
  }));
};

const itemOf = ({ incidentId, data }: JournalEntry): Record<string, unknown> => ({ ...data, ...(incidentId ? { incidentId } : {}) });

/**
 * Everything about an incident, newest first: the entries about it alone, and those of the batches in which its events came. A cursor names the
 * entry that is shown next.
 */
export const trailOf =
  (deps: TrailDeps, incidentId: string): ReadPage<JournalEntry> =>
  async ({ limit, cursor }) => {
    const upTo = orderIn(cursor);
    const came = (await arrivals(deps, incidentId)).filter((entry) => upTo === undefined || orderOf(entry) <= upTo);
    const { items } = await deps.journal.ofIncident(incidentId, { limit: limit + 1, upTo });
    const all = [...items, ...came].sort(byOrder);
    const more = all[limit];
    return { items: all.slice(0, limit), ...(more ? { next: encodeCursor({ order: orderOf(more) }) } : {}) };
  };
