import type { NormalizedDetail, NormalizedEvent } from '../contracts/event.ts';
import type { Incident } from '../contracts/incident.ts';
import { isLarge, type StoredEvent } from '../stores/events.ts';
import { independentSources } from './independent.ts';

/** What of an event travels on the bus: large `data` stays in the store and is named. */
export const light = ({ key, event }: Pick<StoredEvent, 'key' | 'event'>): NormalizedEvent =>
  isLarge(event) ? { ...event, data: { storedUnder: key } } : event;

/** The detail of `event.normalized`: an event, with the incident that it opened or joined as that stands. */
export const detailOf = (stored: StoredEvent, { id, sources, events, confidence }: Incident): NormalizedDetail => ({
  ...light(stored),
  incidentId: id,
  incident: {
    id,
    change: id === stored.node ? 'opened' : 'joined',
    sources,
    independentSources: independentSources(sources),
    events,
    confidence,
  },
});
