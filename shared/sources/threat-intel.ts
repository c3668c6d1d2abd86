import { threats } from './shapes/threats.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const threatIntel: SourceSpec = {
  source: 'threat_intel',
  title: 'Threat intelligence',
  usual: { category: 'THREAT', priority: 'MEDIUM', confidence: 0.6 },
  categories: ['THREAT', 'ALERT', 'INVESTIGATION', 'SYSTEM'],
  speaks: [],
  types: threats,
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
