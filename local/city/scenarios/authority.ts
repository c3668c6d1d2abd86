import type { Statement } from './scenario.ts';

/** Statements by which somebody is allowed to tell others, each by who may make it. */

/** The county's warning point may warn the public of this incident. */
export const authorised = (incident: string, hours: number): Statement => ({
  source: 'emergency_mgmt',
  kind: 'broadcast-authority',
  subject: incident,
  value: { system: 'IPAWS', by: 'county warning point' },
  hours,
});

/** A crime, from conduct: without it nobody is looked at or written about. */
export const nexus = (incident: string, basis: string): Statement => ({
  source: 'investigations',
  kind: 'crime-nexus',
  subject: incident,
  value: { basis, by: 'detective on duty' },
  hours: 24,
});
