import { predictions } from './shapes/scores.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const predictiveIntel: SourceSpec = {
  source: 'predictive_intel',
  title: 'Predictive intelligence',
  usual: { category: 'PREDICTIVE', priority: 'LOW', confidence: 0.4 },
  categories: ['PREDICTIVE', 'SYSTEM'],
  speaks: [],
  types: predictions,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
