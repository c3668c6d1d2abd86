import { gangs, operations } from './shapes/investigations.ts';
import { people, wanted } from './shapes/records.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const investigations: SourceSpec = {
  source: 'investigations',
  title: 'Investigations and records',
  usual: { category: 'INVESTIGATION', priority: 'LOW', confidence: 0.8 },
  categories: ['INVESTIGATION', 'INCIDENT', 'ALERT', 'EMERGENCY', 'THREAT', 'TACTICAL', 'SYSTEM'],
  speaks: [],
  types: { ...gangs, ...operations, ...people, ...wanted },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
