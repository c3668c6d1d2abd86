import { crashes } from './shapes/casualties.ts';
import { traffic } from './shapes/sensors.ts';
import type { SourceSpec } from './source.ts';

export const trafficSystem: SourceSpec = {
  source: 'traffic_system',
  title: 'Traffic management',
  usual: { category: 'CITY', priority: 'LOW', confidence: 0.8 },
  categories: ['CITY', 'SENSOR', 'INCIDENT', 'ALERT', 'SYSTEM'],
  speaks: [],
  types: { ...traffic, ...crashes },
  rate: { perSecond: 200, burst: 1000 },
  buffer: 2000,
  silentAfterS: 600,
  // A queue is measured every few seconds for as long as it stands.
  debounceMs: 30000,
};
