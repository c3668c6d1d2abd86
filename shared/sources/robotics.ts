import { robotMishaps } from './shapes/machines.ts';
import { telemetryOf } from './shapes/statements.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const robotics: SourceSpec = {
  source: 'robotics',
  title: 'Ground robots',
  usual: { category: 'ROBOT', priority: 'INFO', confidence: 0.9 },
  categories: ['ROBOT', 'SENSOR', 'ALERT', 'INCIDENT', 'TACTICAL', 'SYSTEM'],
  speaks: ['cot'],
  types: { ...telemetryOf('RB-ROBOT-01', 'ROBOT'), ...robotMishaps },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
