import * as z from 'zod';
import type { Types } from '../source.ts';
import { Code, Count, shape } from './words.ts';

/**
 * Nothing is demanded of a shot but what it says: one without a place, or of which nobody knows how many there were, is still a shot.
 * `reviewed` false means that somebody looked and did not believe it.
 */
const Shot = shape({
  rounds: z.union([z.enum(['single', 'multiple']), z.int().min(1).max(1000)]).optional(),
  reviewed: z.boolean().optional(),
  heardAs: z.enum(['gunfire', 'possible-gunfire', 'fireworks', 'explosion', 'other']).optional(),
  sensors: Count.max(1000).optional(),
  fullAutomatic: z.boolean().optional(),
  incidentNumber: z.string().min(1).max(60).optional(),
  environment: Code.optional(),
});

export const gunfire: Types = {
  'gunshot.detected': {
    title: 'Acoustic sensors heard a shot',
    schema: Shot,
    example: {
      location: { lat: 26.7753, lon: -80.0581, radiusM: 25 },
      confidence: 0.93,
      rounds: 3,
      reviewed: true,
      heardAs: 'gunfire',
      sensors: 4,
      summary: 'Three shots were heard and reviewed',
    },
  },
};
