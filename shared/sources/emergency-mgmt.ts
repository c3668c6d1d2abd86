import { casualties } from './shapes/casualties.ts';
import { panic, schoolThreat } from './shapes/sites.ts';
import { weather } from './shapes/weather.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const emergencyMgmt: SourceSpec = {
  source: 'emergency_mgmt',
  title: 'Emergency management',
  usual: { category: 'EMERGENCY', priority: 'HIGH', confidence: 0.9 },
  categories: 'any',
  speaks: [],
  types: { ...casualties, ...panic, ...schoolThreat, ...weather },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
