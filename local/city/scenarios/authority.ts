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

/** The agreement with one recipient, for one purpose; it stands for the whole city. */
export const agreed = (recipient: string, purpose: string): Statement => ({
  source: 'public_guardian',
  kind: 'sharing-agreement',
  subject: 'city',
  value: { recipient, purpose },
  hours: 24,
});

/** A crime, from conduct: without it nobody is looked at or written about. */
export const nexus = (incident: string, basis: string): Statement => ({
  source: 'investigations',
  kind: 'crime-nexus',
  subject: incident,
  value: { basis, by: 'detective on duty' },
  hours: 24,
});
