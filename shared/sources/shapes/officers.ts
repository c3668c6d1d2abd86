import * as z from 'zod';
import type { Types } from '../source.ts';
import { Name, Percent, shape } from './words.ts';

const location = { lat: 26.7704, lon: -80.0631, radiusM: 10 };

/** What a device that an officer wears can know. No pulse and no other measure of the body: nothing decides on those. */
const Device = shape({
  unit: Name.optional(),
  device: Name.optional(),
  trigger: z.enum(['button', 'fall', 'no-motion', 'weapon-drawn', 'vehicle-crash', 'voice', 'no-answer']).optional(),
  silentS: z.number().min(0).max(86_400).optional(),
  batteryPct: Percent.optional(),
});

export const officers: Types = {
  'officer.distress': {
    title: 'An officer’s device calls for help',
    schema: Device,
    example: { location, unit: 'RB-OFFICER-05', trigger: 'button', confidence: 0.95, summary: 'Panic button of a unit' },
  },
  'officer.no-answer': {
    title: 'An officer does not answer',
    schema: Device,
    example: { location, unit: 'RB-OFFICER-05', trigger: 'no-answer', silentS: 15, summary: 'No answer for 15 s' },
  },
  'officer.weapon-drawn': {
    title: 'A holster reports that a weapon was drawn',
    schema: Device,
    category: 'OFFICER',
    priority: 'HIGH',
    example: { location, unit: 'RB-OFFICER-05', trigger: 'weapon-drawn', summary: 'A weapon was drawn' },
  },
};
