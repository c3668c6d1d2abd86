import { verdicts } from './shapes/scores.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const moralCompass: SourceSpec = {
  source: 'moral_compass',
  title: 'Moral Compass',
  usual: { category: 'COMPLIANCE', priority: 'INFO', confidence: 0.5 },
  categories: ['COMPLIANCE', 'SYSTEM'],
  speaks: [],
  types: verdicts,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
