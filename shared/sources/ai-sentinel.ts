import { flags } from './shapes/scores.ts';
import { SELF, type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const aiSentinel: SourceSpec = {
  source: 'ai_sentinel',
  title: 'AI sentinel',
  usual: { category: 'ALERT', priority: 'LOW', confidence: 0.4 },
  categories: ['ALERT', 'SENSOR', 'THREAT', ...SELF],
  speaks: [],
  types: flags,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
