import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const droneOps: SourceSpec = {
  source: 'drone_ops',
  title: 'Drone operations',
  usual: { category: 'DRONE', priority: 'INFO', confidence: 0.9 },
  categories: 'any',
  speaks: [],
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
