import * as z from 'zod';
import type { Types } from '../source.ts';
import { Name, shape } from './words.ts';

const location = { lat: 26.7841, lon: -80.0869, radiusM: 30 };

/** A panic button, or a threat to a site. `exercise` true is a drill, and starts nothing. */
const Site = shape({ site: Name.optional(), exercise: z.boolean().optional(), button: Name.optional() });

const example = (site: string, summary: string) => ({ location, site, entities: [{ kind: 'site', id: site }], summary });

export const panic: Types = {
  'panic.active-shooter': {
    title: 'A panic button for an active shooter',
    schema: Site,
    example: { ...example('SITE-OCEAN-MALL', 'Panic button pressed'), confidence: 0.95 },
  },
  'panic.school': {
    title: 'The panic button of a school',
    schema: Site,
    example: { ...example('SITE-SCHOOL-3', 'Panic button pressed'), confidence: 0.95 },
  },
};

export const schoolThreat: Types = {
  'school.threat': { title: 'A threat against a school', schema: Site, example: example('SITE-SCHOOL-3', 'A tip line passed on a threat') },
};
