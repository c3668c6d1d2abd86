import type { Incident } from '../../shared/contracts/incident.ts';
import { detailOf, light } from '../../shared/domain/announced.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import type { Told } from './fuse.ts';

/** What the world is told of an event: itself, with the incident that it opened or joined; a statement has none. */
export const announcement = (stored: StoredEvent, incident: Incident | undefined): Announcement => ({
  type: 'event.normalized',
  detail: incident ? detailOf(stored, incident) : light(stored),
});

/** What the world is told of incidents that were united or lost members. */
export const changesTold = (told: readonly Told[]): Announcement[] => [
  ...told.flatMap(({ merges }) => merges.map((detail) => ({ type: 'incident.merged', detail }))),
  ...told.flatMap(({ splits }) => splits.map((detail) => ({ type: 'incident.split', detail }))),
];
