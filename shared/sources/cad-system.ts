import { calls, changes, declarations } from './shapes/calls.ts';
import { casualties, crashes } from './shapes/casualties.ts';
import { gangs } from './shapes/investigations.ts';
import { officers } from './shapes/officers.ts';
import { people, wanted } from './shapes/records.ts';
import { panic, schoolThreat } from './shapes/sites.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const cadSystem: SourceSpec = {
  source: 'cad_system',
  title: 'Computer-aided dispatch: the system of record',
  usual: { category: 'INCIDENT', priority: 'MEDIUM', confidence: 0.9 },
  categories: 'any',
  speaks: ['cad-feed', 'eido'],
  types: {
    ...calls,
    ...changes,
    ...declarations,
    ...casualties,
    ...crashes,
    ...officers,
    ...people,
    ...wanted,
    ...panic,
    ...schoolThreat,
    ...gangs,
  },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
