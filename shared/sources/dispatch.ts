import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const dispatch: SourceSpec = {
  source: 'dispatch',
  title: 'The dispatchers’ own desks',
  usual: { category: 'INCIDENT', priority: 'MEDIUM', confidence: 0.8 },
  categories: 'any',
  speaks: ['eido'],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
