import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const investigations: SourceSpec = {
  source: 'investigations',
  title: 'Investigations and records',
  usual: { category: 'INVESTIGATION', priority: 'LOW', confidence: 0.8 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
