import { advice } from './shapes/scores.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const aiPersonas: SourceSpec = {
  source: 'ai_personas',
  title: 'AI personas',
  usual: { category: 'ALERT', priority: 'LOW', confidence: 0.4 },
  categories: ['ALERT', 'CITY', 'SYSTEM'],
  speaks: [],
  types: advice,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
