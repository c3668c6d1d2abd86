import { stability } from './shapes/scores.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const humanStability: SourceSpec = {
  source: 'human_stability',
  title: 'Human-stability screening',
  usual: { category: 'HUMAN_STABILITY', priority: 'MEDIUM', confidence: 0.4 },
  categories: ['HUMAN_STABILITY', 'SYSTEM'],
  speaks: [],
  types: stability,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
