import * as z from 'zod';
import type { Types } from '../source.ts';
import { shape } from './words.ts';

/** The words of CAP 1.2 (OASIS, section 3.2), which decide whether an alert is real, how grave it is and whether it still stands. */
const Alert = shape({
  status: z.enum(['Actual', 'Exercise', 'System', 'Test', 'Draft']).optional(),
  msgType: z.enum(['Alert', 'Update', 'Cancel', 'Ack', 'Error']).optional(),
  severity: z.enum(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown']).optional(),
  urgency: z.enum(['Immediate', 'Expected', 'Future', 'Past', 'Unknown']).optional(),
  certainty: z.enum(['Observed', 'Likely', 'Very Likely', 'Possible', 'Unlikely', 'Unknown']).optional(),
  exercise: z.boolean().optional(),
});

const location = { lat: 26.7753, lon: -80.0581, radiusM: 20_000 };

export const weather: Types = {
  'weather.alert': {
    title: 'A warning to the public',
    schema: Alert,
    example: { location, status: 'Actual', msgType: 'Alert', severity: 'Extreme', urgency: 'Expected', summary: 'Hurricane warning' },
  },
  'weather.watch': {
    title: 'Weather that may become dangerous',
    schema: Alert,
    example: { location, status: 'Actual', severity: 'Severe', summary: 'Hurricane watch' },
  },
};
