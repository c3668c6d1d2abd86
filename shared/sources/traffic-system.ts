import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const trafficSystem: SourceSpec = {
  source: 'traffic_system',
  title: 'Traffic management',
  usual: { category: 'CITY', priority: 'LOW', confidence: 0.8 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
