import type { FusionRule } from '../rule.ts';
import { UNSORTED } from './related.ts';

const MIN = 60_000;

export const takenTogether: FusionRule = {
  name: 'taken-together',
  strategy: 'COMPOSITE',
  says: 'No single thing suffices, but time, distance, what both name, how grave both are and what kind of thing both are, weighed together, reach 0.6.',
  why:
    'A crash is told to police, ambulance and fire as three kinds of calls at one address. Kinds must be the same or two sides of one happening, and places must meet within 50 m plus ' +
    'both errors: further away the neighbours’ troubles begin. A shared address adds what it weighs (a site may be a whole mall, so it adds nothing), and where both name one and not the same it takes as much away, so that ' +
    'the rest cannot reach the threshold. Two patients, two quarrels or two crises are two unless the rule of place says otherwise.',
  windowMs: 15 * MIN,
  distance: { baseM: 50, limitM: 500, vagueM: 1000 },
  agree: ['address'],
  against: ['address', 'site', 'cad-incident', 'plate', 'host', 'quake', 'case'],
  weights: { time: 0.25, distance: 0.25, entity: 0.2, threat: 0.1, category: 0.2 },
  threshold: 0.6,
  notCategories: ['PREDICTIVE', 'SYSTEM', 'COMPLIANCE', 'GOVERNANCE', 'CITY', 'DRONE', 'ROBOT', 'FUSION'],
  notFamilies: [UNSORTED, 'vehicle', 'pursuit', 'weather', 'quake', 'cyber', 'operation', 'stop'],
  notAlike: ['medical', 'domestic', 'crisis'],
  span: { durationMs: 60 * MIN, metres: 1000 },
};
