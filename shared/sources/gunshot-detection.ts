import { gunfire } from './shapes/gunfire.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const gunshotDetection: SourceSpec = {
  source: 'gunshot_detection',
  title: 'Acoustic gunshot detection',
  usual: { category: 'SENSOR', priority: 'HIGH', confidence: 0.8 },
  categories: ['SENSOR', 'ALERT', 'SYSTEM'],
  speaks: [],
  types: gunfire,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
