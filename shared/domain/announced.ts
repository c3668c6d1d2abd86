import type { NormalizedDetail, NormalizedEvent } from '../contracts/event.ts';
import type { Incident } from '../contracts/incident.ts';
import { isLarge } from '../stores/events.ts';
import { independentSources } from './independent.ts';

/** What of an event travels on the bus: large `data` stays in the store and is named. */
export const light = (key: string, event: NormalizedEvent): NormalizedEvent =>
  isLarge(event) ? { ...event, data: { storedUnder: key } } : event;

/** The detail of `event.normalized`: an event, with its incident as it stands. */
export const detailOf = (key: string, event: NormalizedEvent, incident: Incident): NormalizedDetail => ({
  ...light(key, event),
  incidentId: incident.id,
  incident: {
    id: incident.id,
    sources: incident.sources,
    independentSources: independentSources(incident.sources),
    events: incident.events,
  },
});
