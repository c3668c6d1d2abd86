import { plates } from './shapes/records.ts';
import type { SourceSpec } from './source.ts';

export const lprNetwork: SourceSpec = {
  source: 'lpr_network',
  title: 'Licence-plate readers',
  usual: { category: 'SENSOR', priority: 'MEDIUM', confidence: 0.7 },
  categories: ['SENSOR', 'ALERT', 'SYSTEM'],
  speaks: ['alpr-codeproject', 'alpr-plate-recognizer', 'alpr-rekor', 'alpr-verkada'],
  types: plates,
  // A reader on a bridge reads each car of the rush hour, most of them more than once while they pass.
  rate: { perSecond: 200, burst: 1000 },
  buffer: 2000,
  silentAfterS: 600,
  // A car in front of a reader is read again and again until it has passed.
  debounceMs: 5000,
};
