import { droneMishaps } from './shapes/machines.ts';
import { telemetryOf } from './shapes/statements.ts';
import { type SourceSpec, USUAL_BUFFER } from './source.ts';

/** An aircraft says where it is once a second. */
export const droneOps: SourceSpec = {
  source: 'drone_ops',
  title: 'Drone operations',
  usual: { category: 'DRONE', priority: 'INFO', confidence: 0.9 },
  categories: ['DRONE', 'SENSOR', 'ALERT', 'INCIDENT', 'TACTICAL', 'SYSTEM'],
  speaks: ['cot'],
  types: { ...telemetryOf('RB-DRONE-01', 'DRONE'), ...droneMishaps },
  rate: { perSecond: 200, burst: 400 },
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
