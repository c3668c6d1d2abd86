import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { openedBy } from '../../shared/domain/opened.ts';
import { ulidOf } from '../../shared/lambda/ids.ts';
import type { EventsStore, StoredEvent } from '../../shared/stores/events.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { observe, presence } from './neighbours.ts';

export interface AcceptDeps {
  events: EventsStore;
  incidents: IncidentsStore;
  journal: JournalStore;
}

/** new: ours to fuse. again: this very delivery came before and may have been cut short. duplicate: another delivery brought it. */
export type Accepted = { outcome: 'new' | 'again'; stored: StoredEvent } | { outcome: 'duplicate' };

export const acceptedEntry = (key: string, event: NormalizedEvent, busId: string): Entry => ({
  kind: 'event.accepted',
  actor: `source/${event.source}`,
  data: { eventKey: key, type: event.type, occurredAt: event.occurredAt, busId, flags: event.flags },
});

/**
 * First sight of an event: in one transaction its item, its own incident, the rows by which neighbours find it and the
 * journal's word. All of that stands before any neighbour is read, so two racing events cannot miss each other.
 */
export const accept =
  ({ events, incidents, journal }: AcceptDeps) =>
  async (key: string, event: NormalizedEvent, busId: string): Promise<Accepted> => {
    const node = ulidOf(Date.parse(event.receivedAt), key);
    const stored: StoredEvent = { event, state: 'accepted', busId, node };
    const done = await journal.commit(
      node,
      [{ ...acceptedEntry(key, event, busId), incidentId: node }],
      [...events.accept(key, stored), incidents.open(openedBy(node, key, event)), ...presence(incidents, event, observe(node, key, event))],
    );
    if (done.ok) return { outcome: 'new', stored };
    return known({ events, incidents, journal })(key, event, busId);
  };

/** An event whose (source, id) is already stored: the same delivery once more, or a duplicate, which is counted once per delivery. */
export const known =
  ({ events, journal }: AcceptDeps) =>
  async (key: string, event: NormalizedEvent, busId: string): Promise<Accepted> => {
    const earlier = await events.get(key);
    if (!earlier) throw new Error(`Event ${key} was neither new nor stored; it will be delivered again`);
    if (earlier.busId === busId) return { outcome: 'again', stored: earlier };
    await journal.commit(
      key,
      [
        acceptedEntry(key, event, busId),
        {
          kind: 'event.dropped',
          actor: 'system/ingest',
          incidentId: earlier.event.incidentId,
          data: { eventKey: key, busId, reason: 'duplicate' },
        },
      ],
      [events.duplicate(key, busId, Date.parse(event.receivedAt))],
    );
    return { outcome: 'duplicate' };
  };
