import type { Incident } from '../../shared/contracts/incident.ts';
import type { Head } from '../../shared/domain/head.ts';
import { familyOf } from '../../shared/sources/index.ts';

/** The head of an incident that a test made up, as if its members said what it says. */
export const headed = (incident: Incident): Head => ({
  incident,
  summary: {
    events: incident.events,
    firstAt: incident.firstAt,
    lastAt: incident.lastAt,
    stirredAt: incident.lastAt,
    priority: incident.priority,
    threatLevel: incident.threatLevel,
    heard: Object.fromEntries(incident.sources.map((source) => [source, incident.confidence])),
    families: [familyOf(incident.type)],
    cad: {},
  },
  version: 0,
  loose: false,
  split: false,
});
