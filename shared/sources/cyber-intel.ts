import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const cyberIntel: SourceSpec = {
  source: 'cyber_intel',
  title: 'Cyber intelligence',
  usual: { category: 'CYBER', priority: 'MEDIUM', confidence: 0.7 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
