import * as z from 'zod';
import type { Types } from '../source.ts';
import { Code, Count, Name, shape } from './words.ts';

const location = { lat: 26.7746, lon: -80.0669, radiusM: 25 };
const entities = [{ kind: 'cad-incident', id: 'RB-26-004417' }];
const weapon = z.boolean().optional();
const drill = { exercise: z.boolean().optional() };

const call = (title: string, more: object = {}) => ({
  title,
  schema: shape({ ...drill, weapon, callers: Count.optional() }),
  example: { location, entities, summary: title, ...more },
});

/** What a call-taker types. `weapon` is what the caller said of one: not knowing is leaving it out. */
export const calls: Types = {
  'call.shots-fired': call('A caller reports shots'),
  'call.active-shooter': call('A caller reports somebody shooting at people'),
  'call.medical': call('A caller asks for medical help'),
  'call.fire': call('A caller reports a fire'),
  'call.traffic': call('A caller reports a crash or a hazard on the road'),
  'call.domestic-violence': call('A caller reports violence at home', { weapon: false }),
  'call.mental-health': call('A caller reports a person in crisis', { weapon: false }),
  'line-988.handover': call('The 988 line hands a person in crisis over', { weapon: false }),
  'crisis.escalated': call('A person in crisis is getting worse', { weapon: true }),
  'dv.reported': call('An officer reports domestic violence', { weapon: false }),
};

/** What an officer or a dispatcher declares. */
export const declarations: Types = {
  'pursuit.declared': {
    title: 'An officer declares a pursuit, and why',
    schema: shape({ reason: Code.optional(), speedKph: z.number().min(0).max(400).optional() }),
    example: { location, entities, reason: 'violent-crime', speedKph: 95, summary: 'A unit declares a pursuit' },
  },
  'unrest.violence': {
    title: 'Violence or damage in a crowd; attendance alone is nothing to report',
    schema: shape({ people: Count.optional() }),
    example: { location, people: 120, summary: 'Windows are broken and a person is hurt' },
  },
};

/** The change feed of the dispatch system: what became of a call. functions/ingest/formats/cad-feed.ts makes these from its raw records. */
const change = (title: string, what: string, more: object = {}) => ({
  title,
  schema: shape({ units: z.array(Name).max(200).optional(), changed: z.array(Name).max(50).optional() }),
  example: { location, entities, summary: `Structure fire ${what} (RB-26-004417)`, ...more },
});

export const changes: Types = {
  'call.opened': change('A call was entered', 'opened', { units: ['E86'] }),
  'call.updated': change('A call changed: its units, its place or its kind', 'updated', { units: ['E86', 'T86'], changed: ['units'] }),
  'call.cleared': { ...change('A call was closed', 'cleared'), priority: 'LOW' },
};
