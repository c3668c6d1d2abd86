import type { Correction, EventCorrected } from '../contracts/correction.ts';
import type { NormalizedEvent } from '../contracts/event.ts';
import type { Incident } from '../contracts/incident.ts';
import type { StoredEvent } from '../stores/events.ts';
import { detailOf } from './announced.ts';
import { asCorrected, changesOf, isRetracted } from './correction.ts';
import { independentSources } from './independent.ts';

/** An event as it would be without one of the words on it. */
const without = ({ event, corrected }: StoredEvent, by: string): NormalizedEvent =>
  corrected
    ? asCorrected(
        corrected.first,
        corrected.by.filter((one) => one.by !== by),
      )
    : event;

/** The detail of `event.corrected`: what one of the words on a stored event changed of it, and how it stands now, with its incident. */
export const wordOn = (stored: StoredEvent, { of, by, at }: Correction, incident: Incident): EventCorrected => ({
  eventKey: of,
  by,
  at,
  retracted: isRetracted(stored.event),
  changed: changesOf(without(stored, by), stored.event),
  event: detailOf(stored, incident),
  incidents: [...new Set([String(stored.event.incidentId), incident.id])],
  parted: [],
  borneOutBy: independentSources(incident.sources),
});
