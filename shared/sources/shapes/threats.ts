import * as z from 'zod';
import type { Types } from '../source.ts';
import { Code, Name, shape } from './words.ts';

/** `basis` is what it rests on: behaviour, weapon or plan start a response; what somebody says or believes is none of them. */
const Threat = shape({
  specific: z.boolean().optional(),
  credible: z.boolean().optional(),
  behavioural: z.boolean().optional(),
  basis: Code.optional(),
  site: Name.optional(),
  exercise: z.boolean().optional(),
});

const site = { site: 'SITE-PORT', entities: [{ kind: 'site', id: 'SITE-PORT' }] };

export const threats: Types = {
  'threat.reported': {
    title: 'A report of a threat that is being looked into',
    schema: Threat,
    category: 'THREAT',
    example: { ...site, summary: 'A report about the port is looked into' },
  },
  'threat.credible': {
    title: 'A threat that was judged: specific, credible, about conduct',
    schema: Threat,
    example: { ...site, specific: true, credible: true, behavioural: true, basis: 'plan', summary: 'A plan against the port' },
  },
};

/** What state and national records answer without being asked again. Their replies to an action are `action.completed`. */
export const recordsFound: Types = {
  'record.matched': {
    title: 'A state or national record answers to something of this city',
    schema: shape({ record: Code, status: z.enum(['active', 'cleared', 'unknown']), by: Name.optional() }),
    example: { record: 'stolen-vehicle', status: 'active', by: 'originating agency', entities: [{ kind: 'plate', id: 'RBH-4417' }] },
  },
};
