import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const sensorGrid: SourceSpec = {
  source: 'sensor_grid',
  title: 'The sensor grid',
  usual: { category: 'SENSOR', priority: 'LOW', confidence: 0.7 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
