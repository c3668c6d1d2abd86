import type { Incident } from '../../shared/contracts/incident.ts';
import { detailOf, light } from '../../shared/domain/announced.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';

/** What the world is told of an event: itself, with the incident that it opened or joined; a statement has none. */
export const announcement = (stored: StoredEvent, incident: Incident | undefined): Announcement => ({
  type: 'event.normalized',
  detail: incident ? detailOf(stored, incident) : light(stored),
});
