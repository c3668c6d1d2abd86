import type { Incident } from '../../shared/contracts/incident.ts';
import { factsOf } from '../../shared/policy/facts.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import { placeOf } from '../../shared/stores/journal.ts';
import type { AcceptDeps } from './accept.ts';
import { factEntry, fusedEntry } from './entries.ts';
import type { Forest } from './fuse.ts';

export interface SettleDeps extends AcceptDeps {
  incidents: IncidentsStore;
}

/** An event with the incident that it has become part of. */
export interface Joined {
  readonly stored: StoredEvent;
  readonly incident: Incident;
}

const within = async (stored: StoredEvent, woods: Forest): Promise<Joined> => {
  const incident = await woods.incidentOf(stored.node);
  return { stored: { ...stored, event: { ...stored.event, incidentId: incident.id } }, incident };
};

/**
 * accepted → fused, in one transaction for all of them: each event gets its incident, the facts it states and the journal's word; what another
 * delivery has fused meanwhile is left out. An event is filed only where what it joined still stands as it was read: whoever cuts an incident up
 * tells of those members that were filed. One that is alone knows itself under any cut; but `again` are events of an earlier delivery, which may
 * be at work still and merge their incident away without telling.
 */
export const settle =
  ({ events, facts, journal, incidents }: SettleDeps, woods: Forest) =>
  async (waiting: readonly StoredEvent[], again: ReadonlySet<string>): Promise<Joined[]> => {
    const fused = new Set(waiting.filter((one) => one.fused).map(({ node }) => node));
    for (;;) {
      const roots = await Promise.all(waiting.map(({ node }) => woods.root(node)));
      const joined = await Promise.all(waiting.map((one) => within(one, woods)));
      const open = joined.filter(({ stored }) => !fused.has(stored.node));
      const [first] = open;
      if (!first) return joined;
      const stated = open.flatMap(({ stored: { event } }) => factsOf(event).map((fact) => ({ fact, incidentId: event.incidentId })));
      const doubtful = roots.filter(({ version }, index) => {
        const node = waiting[index]?.node ?? '';
        return !fused.has(node) && (version > 0 || again.has(node));
      });
      const checked = [...new Map(doubtful.map((head) => [head.incident.id, head])).values()];
      const done = await journal.commit(
        first.stored.node,
        [
          fusedEntry(open.map(({ stored, incident: { sources } }) => ({ ...stored, sources }))),
          ...stated.map(({ fact, incidentId }) => factEntry(fact, incidentId)),
        ],
        ([entry]) => [
          ...open.map(({ stored: { node, event } }) => events.fuse(node, String(event.incidentId), placeOf(entry))),
          ...checked.map(incidents.stands),
          ...stated.map(({ fact }) => facts.record(fact)),
        ],
      );
      if (done.ok) return joined;
      for (const index of done.failed) {
        const [one, head] = [open[index], checked[index - open.length]];
        if (one) fused.add(one.stored.node);
        else if (head) woods.forget(head.incident.id);
      }
    }
  };
