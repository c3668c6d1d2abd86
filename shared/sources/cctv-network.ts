import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const cctvNetwork: SourceSpec = {
  source: 'cctv_network',
  title: 'Cameras',
  usual: { category: 'SENSOR', priority: 'LOW', confidence: 0.7 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
