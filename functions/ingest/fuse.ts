import type { Incident, JoinReason } from '../../shared/contracts/incident.ts';
import { priorityRank } from '../../shared/contracts/vocabulary.ts';
import type { Head, IncidentsStore } from '../../shared/stores/incidents.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';

const ATTEMPTS = 50;
const REASONS_KEPT = 8;

export interface Merge {
  into: string;
  from: string;
}

/** Two incidents as one, under the older one's name. Pure. */
export const combine = (older: Incident, younger: Incident, reason: JoinReason): Incident => ({
  ...older,
  firstAt: older.firstAt < younger.firstAt ? older.firstAt : younger.firstAt,
  lastAt: older.lastAt > younger.lastAt ? older.lastAt : younger.lastAt,
  priority: priorityRank(older.priority) <= priorityRank(younger.priority) ? older.priority : younger.priority,
  sources: [...new Set([...older.sources, ...younger.sources])].sort(),
  events: older.events + younger.events,
  joined: [...older.joined, reason, ...younger.joined].slice(-REASONS_KEPT),
});

/**
 * Makes two nodes one incident: the root minted first takes the other, under a condition on both, so that any number of
 * ingesters in any order end with the same sets. Returns what was merged away, where that had been announced before.
 */
export const unite =
  ({ incidents, journal }: { incidents: IncidentsStore; journal: JournalStore }) =>
  async (a: string, b: string, reason: JoinReason): Promise<Merge | undefined> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const [one, other] = [await incidents.root(a), await incidents.root(b)];
      if (one.incident.id === other.incident.id) return undefined;
      const [older, younger]: [Head, Head] = one.incident.id < other.incident.id ? [one, other] : [other, one];
      const kind = younger.incident.announced ? 'incident.merged' : 'incident.updated';
      const done = await journal.commit(
        older.incident.id,
        [
          {
            kind,
            actor: 'system/ingest',
            incidentId: older.incident.id,
            data: { from: younger.incident.id, eventKey: younger.incident.eventKey, reason },
          },
        ],
        incidents.merge(older, younger, combine(older.incident, younger.incident, reason), reason),
      );
      if (done.ok) return younger.incident.announced ? { into: older.incident.id, from: younger.incident.id } : undefined;
    }
    throw new Error(`Incidents ${a} and ${b} changed ${ATTEMPTS} times while they were being united; the event will be delivered again`);
  };
