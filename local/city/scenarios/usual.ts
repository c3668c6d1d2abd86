import type { Statement } from './scenario.ts';

/** Statements that many scenarios make, each by who may make it. */

/** What the record needs to be closed: reason, outcome, body-camera id. */
export const documented = (incident: string, reason: string, outcome: string): Statement => ({
  source: 'cad_system',
  kind: 'documentation',
  subject: incident,
  value: { reason, outcome, bodyCamera: 'BWC-0412' },
  hours: 24,
});

/** An officer or dispatcher attests why there is no time for a warrant. */
export const exigent = (incident: string, basis: string): Statement => ({
  source: 'dispatch',
  kind: 'exigency',
  subject: incident,
  value: { basis, by: 'dispatcher on duty' },
  hours: 1,
});

/** How grave the offence is, 1 to 4: what is done must not weigh more. */
export const offence = (incident: string, tier: 1 | 2 | 3 | 4, what: string): Statement => ({
  source: 'cad_system',
  kind: 'offence-tier',
  subject: incident,
  value: { tier, offence: what },
  hours: 24,
});

/** The agency that entered a vehicle's record says that it still stands: asked by NCIC's simulator while the run waits for it. */
export const active = (incident: string): Statement => ({
  source: 'fusion_cloud',
  kind: 'vehicle-confirmation',
  subject: incident,
  value: { status: 'active', by: 'originating agency' },
  hours: 24,
});
