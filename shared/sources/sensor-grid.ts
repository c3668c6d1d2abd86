import { sensors } from './shapes/sensors.ts';
import { panic } from './shapes/sites.ts';
import { type SourceSpec, USUAL_BUFFER } from './source.ts';

/** Panic buttons, alarms and seismometers. A week of the world’s earthquakes, fetched again after a pause, is 1,700 at once. */
export const sensorGrid: SourceSpec = {
  source: 'sensor_grid',
  title: 'The sensor grid',
  usual: { category: 'SENSOR', priority: 'LOW', confidence: 0.7 },
  categories: ['SENSOR', 'EMERGENCY', 'INCIDENT', 'ALERT', 'CITY', 'SYSTEM'],
  speaks: ['usgs-earthquake'],
  types: { ...panic, ...sensors },
  rate: { perSecond: 200, burst: 2000 },
  buffer: USUAL_BUFFER,
  silentAfterS: 180,
};
