import type { Incident } from '../../contracts/incident.ts';
import type { Source } from '../../contracts/vocabulary.ts';
import { confidenceOf } from './confidence.ts';
import { centroidOf } from './extent.ts';
import { stateOf } from './state.ts';
import type { Summary } from './summary.ts';

/** What an incident says of all its members. */
export type Known = Pick<
  Incident,
  'firstAt' | 'lastAt' | 'priority' | 'sources' | 'events' | 'confidence' | 'threatLevel' | 'state' | 'centroid'
>;

export const known = (summary: Summary): Known => ({
  firstAt: summary.firstAt,
  lastAt: summary.lastAt,
  priority: summary.priority,
  sources: (Object.keys(summary.heard) as Source[]).sort(),
  events: summary.events,
  confidence: confidenceOf(summary),
  threatLevel: summary.threatLevel,
  state: stateOf(summary),
  centroid: centroidOf(summary.extent),
});
