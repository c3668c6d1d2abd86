import type { Types } from '../source.ts';
import { Name, shape } from './words.ts';

const location = { lat: 26.7789, lon: -80.0563, radiusM: 50 };
const Plan = shape({ case: Name.optional() });

/** `case` is the number under which it is kept; without one there is nothing to approve. */
export const operations: Types = {
  'operation.drafted': { title: 'A plan is being written', schema: Plan, example: { location, summary: 'A plan is being written' } },
  'operation.planned': {
    title: 'A plan was approved under a case number',
    schema: Plan,
    example: { location, case: 'RB-2026-004417', summary: 'The plan is approved' },
  },
};

export const gangs: Types = {
  'gang.violence': {
    title: 'A violent incident with a documented nexus',
    schema: shape({ case: Name.optional() }),
    example: { location, case: 'RB-2026-005120', summary: 'Stabbing with a documented nexus' },
  },
};
