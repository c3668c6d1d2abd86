import { droneMishaps } from './shapes/machines.ts';
import { telemetryOf } from './shapes/statements.ts';
import { type SourceSpec, USUAL_BUFFER, USUAL_RATE } from './source.ts';

export const droneOps: SourceSpec = {
  source: 'drone_ops',
  title: 'Drone operations',
  usual: { category: 'DRONE', priority: 'INFO', confidence: 0.9 },
  categories: 'any',
  speaks: [],
  types: { ...telemetryOf('RB-DRONE-01', 'DRONE'), ...droneMishaps },
  rate: USUAL_RATE,
  buffer: USUAL_BUFFER,
};
