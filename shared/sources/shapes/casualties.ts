import * as z from 'zod';
import type { Types } from '../source.ts';
import { Count, shape } from './words.ts';

const location = { lat: 26.7752, lon: -80.0501, radiusM: 50 };
const drill = { exercise: z.boolean().optional() };

export const casualties: Types = {
  'mass-casualty.declared': {
    title: 'An incident commander declares a mass-casualty incident',
    schema: shape({ ...drill, patients: Count.optional() }),
    example: { location, patients: 14, summary: 'Mass casualty declared, 14 patients' },
  },
  'patients.counted': {
    title: 'The patients of an incident were counted',
    schema: shape({ ...drill, patients: Count }),
    example: { location, patients: 11, summary: '11 patients' },
  },
};

export const crashes: Types = {
  'crash.fatal': {
    title: 'A crash, and whether a death is confirmed',
    schema: shape({ deathConfirmed: z.boolean().optional(), vehicles: Count.optional() }),
    example: { location, deathConfirmed: true, vehicles: 2, summary: 'A death is confirmed on scene' },
  },
  'crash.reported': {
    title: 'A crash was reported',
    schema: shape({ vehicles: Count.optional(), injured: Count.optional() }),
    priority: 'HIGH',
    example: { location, vehicles: 2, summary: 'Two vehicles crashed' },
  },
};
