import { declarations } from './shapes/calls.ts';
import { officers } from './shapes/officers.ts';
import { panic } from './shapes/sites.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const officerSafety: SourceSpec = {
  source: 'officer_safety',
  title: 'Officer-safety devices',
  usual: { category: 'OFFICER', priority: 'HIGH', confidence: 0.9 },
  categories: ['OFFICER', 'TACTICAL', 'EMERGENCY', 'INCIDENT', 'ALERT', 'SYSTEM'],
  speaks: ['cot-officer'],
  types: { ...officers, ...declarations, ...panic },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
