import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const emergencyMgmt: SourceSpec = {
  source: 'emergency_mgmt',
  title: 'Emergency management',
  usual: { category: 'EMERGENCY', priority: 'HIGH', confidence: 0.9 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
