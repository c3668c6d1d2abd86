import { calls, declarations } from './shapes/calls.ts';
import { casualties, crashes } from './shapes/casualties.ts';
import { people } from './shapes/records.ts';
import { panic, schoolThreat } from './shapes/sites.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const dispatch: SourceSpec = {
  source: 'dispatch',
  title: 'The dispatchers’ own desks',
  usual: { category: 'INCIDENT', priority: 'MEDIUM', confidence: 0.8 },
  categories: 'any',
  speaks: ['eido'],
  types: { ...calls, ...declarations, ...casualties, ...crashes, ...people, ...panic, ...schoolThreat },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
