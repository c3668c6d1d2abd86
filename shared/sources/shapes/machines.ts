import type { Types } from '../source.ts';
import { Code, Name, Percent, shape } from './words.ts';

const location = { lat: 26.7741, lon: -80.0507, radiusM: 10 };
const Machine = shape({ unit: Name.optional(), batteryPct: Percent.optional(), fault: Code.optional() });

/** What goes wrong with a machine in the field. Its unit's own status says what it can still do. */
const mishaps = (kind: 'drone' | 'robot', unit: string, titles: Readonly<Record<string, string>>): Types =>
  Object.fromEntries(
    Object.entries(titles).map(([what, title]) => [
      `${kind}.${what}`,
      { title, schema: Machine, priority: 'MEDIUM' as const, example: { unit, batteryPct: 17, location, summary: title } },
    ]),
  );

export const droneMishaps = mishaps('drone', 'RB-DRONE-03', {
  'battery-low': 'A drone turns home for want of power',
  'link-lost': 'The pilot lost the link to a drone',
  'geofence-breached': 'A drone left the area it was cleared for',
  'fault-reported': 'A drone reports a fault',
});

export const robotMishaps = mishaps('robot', 'RB-ROBOT-01', {
  'battery-low': 'A robot runs out of power',
  'link-lost': 'The operator lost the link to a robot',
  stuck: 'A robot cannot go on or has tipped over',
  'fault-reported': 'A robot reports a fault',
});
