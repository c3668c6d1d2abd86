import { casualties } from './shapes/casualties.ts';
import { panic, schoolThreat } from './shapes/sites.ts';
import { weather } from './shapes/weather.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

/** Declares casualties and shelters, passes on the state’s tip line and what warns the public. */
export const emergencyMgmt: SourceSpec = {
  source: 'emergency_mgmt',
  title: 'Emergency management',
  usual: { category: 'EMERGENCY', priority: 'HIGH', confidence: 0.9 },
  categories: ['EMERGENCY', 'ALERT', 'INCIDENT', 'THREAT', 'CITY', 'SENSOR', 'SYSTEM'],
  speaks: ['cap', 'usgs-earthquake'],
  types: { ...casualties, ...panic, ...schoolThreat, ...weather },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
