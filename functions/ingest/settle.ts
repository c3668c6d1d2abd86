import type { JournalEntry } from '../../shared/contracts/journal.ts';
import { factsOf } from '../../shared/policy/facts.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import type { AcceptDeps } from './accept.ts';
import { factEntry, fusedEntry } from './entries.ts';

/**
 * accepted → fused, in one transaction for all of them: each event gets its incident (`event.incidentId`), the facts it states and the journal's
 * word. What another delivery has fused meanwhile is left out.
 */
export const settle =
  ({ events, facts, journal }: AcceptDeps) =>
  async (joined: readonly StoredEvent[]): Promise<void> => {
    let open = joined.filter(({ fused }) => !fused);
    while (open[0]) {
      const own = open;
      const stated = own.flatMap(({ event }) => factsOf(event).map((fact) => ({ fact, incidentId: event.incidentId })));
      const done = await journal.commit(
        open[0].node,
        [fusedEntry(own), ...stated.map(({ fact, incidentId }) => factEntry(fact, incidentId))],
        ([entry]) => [
          ...own.map(({ node, event }) => events.fuse(node, String(event.incidentId), placeOf(entry))),
          ...stated.map(({ fact }) => facts.record(fact)),
        ],
      );
      if (done.ok) return;
      open = open.filter((_, index) => !done.failed.includes(index));
    }
  };

const placeOf = (entry: JournalEntry | undefined) => ({ stream: entry?.stream ?? '', seq: entry?.seq ?? 0 });
