import type { NormalizedEvent } from '../contracts/event.ts';
import type { Incident } from '../contracts/incident.ts';

/** The incident an event opens by itself: a function of the event. */
export const openedBy = (node: string, key: string, event: NormalizedEvent): Incident => ({
  id: node,
  eventKey: key,
  openedAt: event.receivedAt,
  firstAt: event.occurredAt,
  lastAt: event.occurredAt,
  category: event.category,
  priority: event.priority,
  type: event.type,
  summary: event.summary,
  agency: event.agency,
  location: event.location,
  sources: [event.source],
  events: 1,
  confidence: event.confidence,
  joined: [],
});
