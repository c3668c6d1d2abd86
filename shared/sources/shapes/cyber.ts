import * as z from 'zod';
import type { Types } from '../source.ts';
import { Code, Name, shape } from './words.ts';

/** 1 (low) to 5 (emergency), the levels of Fla. Stat. 282.318(3)(c)9.a: of 3 and more the state must hear (282.3185(5)). */
const severity = z.number().min(1).max(5);

const Incident = shape({
  severity: severity.optional(),
  segment: Name.optional(),
  ransomware: z.boolean().optional(),
  signature: z.string().max(300).optional(),
  action: z.enum(['allowed', 'blocked']).optional(),
  exercise: z.boolean().optional(),
});

export const cyber: Types = {
  'cyber.incident': {
    title: 'The city’s systems are attacked, as grave as `severity` says',
    schema: Incident.extend({ severity }),
    example: { severity: 3, segment: 'SEG-RECORDS', summary: 'An intruder in the records segment' },
  },
  'cyber.ransomware': {
    title: 'Ransomware',
    schema: Incident,
    example: { severity: 4, segment: 'SEG-RECORDS', ransomware: true, summary: 'Ransomware in the records segment' },
  },
  'cyber.scan': {
    title: 'Somebody looks for a way in',
    schema: Incident,
    priority: 'LOW',
    example: { severity: 1, summary: 'Odd traffic in the records segment' },
  },
  'cyber.anomaly': {
    title: 'Traffic that breaks its own protocol',
    schema: Incident,
    priority: 'LOW',
    example: { severity: 1, kind: 'stream', summary: 'Packets out of window' },
  },
  'cyber.observed': {
    title: 'What a sensor saw and judges not: flows, names asked for, files seen',
    schema: shape({ kind: Code.optional() }),
    priority: 'INFO',
    example: { kind: 'dns', entities: [{ kind: 'ip', id: '10.20.0.7' }] },
  },
};
