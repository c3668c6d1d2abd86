import { calls } from './shapes/calls.ts';
import { crashes } from './shapes/casualties.ts';
import { wanted } from './shapes/records.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const partnerAgency: SourceSpec = {
  source: 'partner_agency',
  title: 'Neighbouring agencies',
  usual: { category: 'INCIDENT', priority: 'MEDIUM', confidence: 0.6 },
  categories: 'any',
  speaks: [],
  types: { ...calls, ...crashes, ...wanted },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
