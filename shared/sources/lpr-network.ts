import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const lprNetwork: SourceSpec = {
  source: 'lpr_network',
  title: 'Licence-plate readers',
  usual: { category: 'SENSOR', priority: 'MEDIUM', confidence: 0.7 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  // A car in front of a reader is read again and again until it has passed.
  debounceMs: 5000,
};
