import { sensors } from './shapes/sensors.ts';
import { panic } from './shapes/sites.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const sensorGrid: SourceSpec = {
  source: 'sensor_grid',
  title: 'The sensor grid',
  usual: { category: 'SENSOR', priority: 'LOW', confidence: 0.7 },
  categories: 'any',
  speaks: [],
  types: { ...panic, ...sensors },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
