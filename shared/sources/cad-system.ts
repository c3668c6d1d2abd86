import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const cadSystem: SourceSpec = {
  source: 'cad_system',
  title: 'Computer-aided dispatch: the system of record',
  usual: { category: 'INCIDENT', priority: 'MEDIUM', confidence: 0.9 },
  categories: 'any',
  speaks: ['eido'],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
