import { calls } from './shapes/calls.ts';
import { crashes } from './shapes/casualties.ts';
import { wanted } from './shapes/records.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

/** Whatever a neighbour’s own dispatch speaks of; it predicts nothing for us and governs nothing here. */
export const partnerAgency: SourceSpec = {
  source: 'partner_agency',
  title: 'Neighbouring agencies',
  usual: { category: 'INCIDENT', priority: 'MEDIUM', confidence: 0.6 },
  categories: [
    'INCIDENT',
    'ALERT',
    'TACTICAL',
    'OFFICER',
    'DRONE',
    'ROBOT',
    'INVESTIGATION',
    'THREAT',
    'EMERGENCY',
    'SENSOR',
    'CITY',
    'HUMAN_STABILITY',
    'FUSION',
    'CYBER',
    'SYSTEM',
  ],
  speaks: ['cap', 'eido', 'cot'],
  types: { ...calls, ...crashes, ...wanted },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
