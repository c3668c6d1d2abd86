import { wanted } from './shapes/records.ts';
import { recordsFound, threats } from './shapes/threats.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const fusionCloud: SourceSpec = {
  source: 'fusion_cloud',
  title: 'The fusion cloud: state and national records',
  usual: { category: 'FUSION', priority: 'MEDIUM', confidence: 0.6 },
  categories: ['FUSION', 'ALERT', 'THREAT', 'INVESTIGATION', 'INCIDENT', 'EMERGENCY', 'CYBER', 'SYSTEM'],
  speaks: ['cap', 'hit-confirmation'],
  types: { ...recordsFound, ...threats, ...wanted },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
