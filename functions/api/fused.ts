import type { Incident } from '../../shared/contracts/incident.ts';
import { centroidOf, confidenceOf, observe, stateOf, summarise, timeline } from '../../shared/domain/fusion/index.ts';
import { independentSources } from '../../shared/domain/independent.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import type { EventsStore } from '../../shared/stores/events.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface FusedDeps {
  events: Pick<EventsStore, 'among'>;
  incidents: Pick<IncidentsStore, 'members'>;
}

/** What its members make of an incident; its timeline is in the order in which things were observed. */
export interface Fused extends Incident {
  state: Incident['state'];
  members: string[];
  timeline: { at: string; eventKey: string; type: string; source: string }[];
  threatLevel: number;
  independentSources: number;
  centroid?: { lat: number; lon: number; radiusM: number };
}

/** Members named in a list; an incident says itself how many it has. */
const MEMBERS_SHOWN = 100;

/** An incident as it is now, from all of its members; undefined while none of them can be read. */
export const fusedOf =
  ({ events, incidents }: FusedDeps) =>
  async (incident: Incident): Promise<Fused | undefined> => {
    const keys = incident.events === 1 ? [incident.eventKey] : await incidents.members(incident.id);
    const seen = timeline((await events.among(keys.map(nodeOf))).map(({ node, key, event }) => observe(node, key, event)));
    if (seen.length === 0) return undefined;
    const summary = summarise(seen);
    const shown = seen.slice(0, MEMBERS_SHOWN);
    return {
      ...incident,
      state: stateOf(summary),
      members: shown.map(({ eventKey }) => eventKey),
      timeline: shown.map(({ at, eventKey, type, source }) => ({ at, eventKey, type, source })),
      threatLevel: summary.threatLevel,
      confidence: confidenceOf(summary),
      independentSources: independentSources(incident.sources),
      ...(summary.extent ? { centroid: centroidOf(summary.extent) } : {}),
    } as Fused;
  };
