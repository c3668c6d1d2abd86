import type { EventsStore } from '../../shared/stores/events.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { Newcomer } from './accept.ts';
import { acceptedEntry } from './entries.ts';

/** Further deliveries of known events: accepted and dropped in one transaction, each counted once however often it comes. */
export const dropDuplicates =
  ({ events, journal }: { events: EventsStore; journal: JournalStore }) =>
  async (duplicates: readonly Newcomer[]): Promise<void> => {
    let open = [...new Map(duplicates.map((one) => [`${one.node} ${one.busId}`, one])).values()];
    while (open[0]) {
      const dropped = open.map(({ key, busId, event: { incidentId } }) => ({
        kind: 'event.dropped' as const,
        actor: 'system/ingest',
        incidentId,
        data: { eventKey: key, busId, reason: 'duplicate' },
      }));
      const done = await journal.commit(
        open[0].node,
        [acceptedEntry(open), ...dropped],
        open.map(({ node, event, busId }) => events.duplicate(node, busId, Date.parse(event.receivedAt))),
      );
      if (done.ok) return;
      open = open.filter((_, index) => !done.failed.includes(index));
    }
  };
