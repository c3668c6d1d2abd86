import { cameras } from './shapes/sensors.ts';
import type { SourceSpec } from './source.ts';

export const cctvNetwork: SourceSpec = {
  source: 'cctv_network',
  title: 'Cameras',
  usual: { category: 'SENSOR', priority: 'LOW', confidence: 0.7 },
  categories: ['SENSOR', 'ALERT', 'INCIDENT', 'SYSTEM'],
  speaks: [],
  types: cameras,
  rate: { perSecond: 200, burst: 1000 },
  buffer: 2000,
  silentAfterS: 600,
  // The same thing in frame after frame.
  debounceMs: 2000,
};
