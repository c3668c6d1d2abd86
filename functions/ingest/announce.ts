import type { NormalizedDetail, NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Incident } from '../../shared/contracts/incident.ts';
import { independentSources } from '../../shared/domain/independent.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import { isLarge, type StoredEvent } from '../../shared/stores/events.ts';

/** What travels on the bus: large `data` stays in the store and is named. */
const light = (key: string, event: NormalizedEvent): NormalizedEvent => (isLarge(event) ? { ...event, data: { storedUnder: key } } : event);

const detailOf = ({ key, node, event }: StoredEvent, { id, sources, events, confidence }: Incident): NormalizedDetail => ({
  ...light(key, event),
  incidentId: id,
  incident: {
    id,
    change: id === node ? 'opened' : 'joined',
    sources,
    independentSources: independentSources(sources),
    events,
    confidence,
  },
});

/** What the world is told of an event: itself, with the incident that it opened or joined; a statement has none. */
export const announcement = (stored: StoredEvent, incident: Incident | undefined): Announcement => ({
  type: 'event.normalized',
  detail: incident ? detailOf(stored, incident) : light(stored.key, stored.event),
});
