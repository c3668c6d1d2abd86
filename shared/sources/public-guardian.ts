import { reviews } from './shapes/scores.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const publicGuardian: SourceSpec = {
  source: 'public_guardian',
  title: 'Public Safety Guardian',
  usual: { category: 'GOVERNANCE', priority: 'LOW', confidence: 0.9 },
  categories: ['GOVERNANCE', 'COMPLIANCE', 'SYSTEM'],
  speaks: [],
  types: reviews,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
