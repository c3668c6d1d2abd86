import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const officerSafety: SourceSpec = {
  source: 'officer_safety',
  title: 'Officer-safety devices',
  usual: { category: 'OFFICER', priority: 'HIGH', confidence: 0.9 },
  categories: 'any',
  speaks: ['cot-officer'],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
