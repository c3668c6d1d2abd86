import * as z from 'zod';
import type { Types } from '../source.ts';
import { Code, Count, Name, Reference, SpeedKph, shape } from './words.ts';

const location = { lat: 26.7826, lon: -80.0668, radiusM: 10 };

/** Units in which a sensor may speak; a value without its unit is no reading. */
const Unit = z.enum([
  'C',
  'Pa',
  'm',
  'm/s',
  'mm',
  'mm/h',
  'ppm',
  'ppb',
  'ug/m3',
  'uSv/h',
  'dB',
  'lx',
  'V',
  'A',
  'W',
  'percent',
  'count',
  'boolean',
]);

export const sensors: Types = {
  'sensor.reading': {
    title: 'A sensor’s value',
    schema: shape({ sensor: Name, metric: Code, value: z.number(), unit: Unit }),
    priority: 'INFO',
    example: { location, sensor: 'FLOOD-07', metric: 'water-level', value: 0.42, unit: 'm' },
  },
  'sensor.alarm': {
    title: 'A sensor passed the limit it was set',
    schema: shape({
      sensor: Name,
      kind: z.enum(['smoke', 'heat', 'gas', 'water', 'radiation', 'glass-break', 'forced-door', 'vibration', 'power', 'other']),
      value: z.number().optional(),
      unit: Unit.optional(),
    }),
    priority: 'MEDIUM',
    example: { location, sensor: 'FLOOD-07', kind: 'water', value: 1.3, unit: 'm', summary: 'Water over the limit' },
  },
};

/** What a camera tells is of places and things. There is no field for a face or a trait. */
export const cameras: Types = {
  'camera.observed': {
    title: 'A camera’s software saw something',
    schema: shape({
      camera: Name,
      what: z.enum(['crowd', 'vehicle', 'person-down', 'fire', 'smoke', 'object-left', 'wrong-way', 'intrusion', 'fight', 'other']),
      count: Count.optional(),
      imageRef: Reference.optional(),
    }),
    example: { location, camera: 'RB-CAMERA-06', what: 'wrong-way', imageRef: 'clips/7781.mp4', summary: 'A vehicle goes the wrong way' },
  },
  'camera.failed': {
    title: 'A camera shows nothing',
    schema: shape({ camera: Name, reason: Code.optional() }),
    category: 'SYSTEM',
    example: { location, camera: 'RB-CAMERA-06', reason: 'no-signal', summary: 'A camera is down' },
  },
};

export const traffic: Types = {
  'traffic.slowed': {
    title: 'Traffic is slower than it should be',
    schema: shape({ segment: Name, speedKph: SpeedKph, freeFlowKph: SpeedKph.optional() }),
    example: { location, segment: 'BLUE-HERON-4', speedKph: 11, freeFlowKph: 56, summary: 'Traffic stands' },
  },
  'signal.failed': {
    title: 'A traffic signal is out',
    schema: shape({ signal: Name, state: z.enum(['dark', 'flashing', 'stuck']).optional() }),
    priority: 'MEDIUM',
    example: { location, signal: 'SIG-114', state: 'dark', summary: 'A signal is dark' },
  },
  'road.closed': {
    title: 'A road was closed',
    schema: shape({ segment: Name, reason: Code.optional() }),
    priority: 'MEDIUM',
    example: { location, segment: 'BLUE-HERON-4', reason: 'flooding', summary: 'A road is closed' },
  },
};
