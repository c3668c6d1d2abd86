import type { FusedIncident } from '../../shared/contracts/event-replies.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import { observe, timeline } from '../../shared/domain/fusion/index.ts';
import { independentSources } from '../../shared/domain/independent.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface FusedDeps {
  events: Pick<EventsStore, 'among'>;
  incidents: Pick<IncidentsStore, 'members'>;
}

/** Members named in a list; an incident says itself how many it has. */
const MEMBERS_SHOWN = 100;

/** An incident with its members; undefined while none of them can be read. */
export const fusedOf =
  ({ events, incidents }: FusedDeps) =>
  async (incident: Incident): Promise<FusedIncident | undefined> => {
    const keys = incident.events === 1 ? [incident.eventKey] : await incidents.members(incident.id);
    const seen = timeline((await events.among(keys.map(nodeOf))).map(({ node, key, event }) => observe(node, key, event)));
    if (seen.length === 0) return undefined;
    const shown = seen.slice(0, MEMBERS_SHOWN);
    return {
      ...incident,
      members: shown.map(({ eventKey }) => eventKey),
      timeline: shown.map(({ at, eventKey, type, source }) => ({ at, eventKey, type, source })),
      independentSources: independentSources(incident.sources),
    };
  };
