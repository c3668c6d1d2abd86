import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const robotics: SourceSpec = {
  source: 'robotics',
  title: 'Ground robots',
  usual: { category: 'ROBOT', priority: 'INFO', confidence: 0.9 },
  categories: ['ROBOT', 'SENSOR', 'ALERT', 'INCIDENT', 'TACTICAL', 'SYSTEM'],
  speaks: ['cot'],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
