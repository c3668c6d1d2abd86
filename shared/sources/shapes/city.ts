import * as z from 'zod';
import type { Types } from '../source.ts';
import { Code, Name, shape } from './words.ts';

const location = { lat: 26.7794, lon: -80.0739, radiusM: 20 };
const State = z.enum(['normal', 'degraded', 'failed', 'closed']);

export const twin: Types = {
  'twin.diverged': {
    title: 'What is measured is not what the city’s model expects',
    schema: shape({ asset: Name, metric: Code, expected: z.number(), measured: z.number(), unit: z.string().min(1).max(20) }),
    priority: 'LOW',
    example: {
      location,
      asset: 'PUMP-3',
      metric: 'flow',
      expected: 40,
      measured: 12,
      unit: 'L/s',
      summary: 'A pump gives less than it should',
    },
  },
  'twin.forecast': {
    title: 'What the model expects of an asset',
    schema: shape({ asset: Name, state: State, withinH: z.number().gt(0).max(336) }),
    example: { location, asset: 'UNDERPASS-2', state: 'closed', withinH: 3, summary: 'An underpass will flood' },
  },
};

export const services: Types = {
  'service.changed': {
    title: 'A service of the city runs differently',
    schema: shape({ service: Name, state: State, people: z.int().min(0).optional() }),
    example: { location, service: 'water-district-2', state: 'degraded', people: 1800, summary: 'Water pressure is low' },
  },
};
