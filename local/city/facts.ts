import type { BusEntry } from '../../client/bus.ts';
import { envelope } from '../../client/envelope.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';

const HOUR_MS = 3600 * 1000;

/** Something an authority states. Without a subject it is about the incident of its own event, which a statement has not. */
export interface Stated {
  readonly source: Source;
  readonly kind: string;
  readonly subject: string;
  readonly value: Readonly<Record<string, string | number | boolean>>;
  readonly hours: number;
}

/** `id` must be new for each statement, and the same when it is said again. */
export const factAsserted = ({ source, kind, subject, value, hours }: Stated, id: string, at: number): BusEntry => ({
  source,
  type: 'fact.asserted',
  detail: envelope({
    id,
    source,
    type: 'fact.asserted',
    at,
    data: { fact: { kind, subject, value: { ...value }, expiresAt: new Date(at + hours * HOUR_MS).toISOString() } },
  }),
});

const YEAR = 365 * 24;

/** What stands in this city whatever happens: the council's word, the fleet's approval, and who may alert the public. */
export const STANDING: readonly Stated[] = [
  {
    source: 'public_guardian',
    kind: 'council-authorisation',
    subject: 'city',
    value: { technologies: 'drone camera lpr', resolution: '2026-014' },
    hours: YEAR,
  },
  { source: 'public_guardian', kind: 'airframe-approval', subject: 'city', value: { standard: 'state-approved list' }, hours: YEAR },
  {
    source: 'emergency_mgmt',
    kind: 'broadcast-authority',
    subject: 'city',
    value: { system: 'ipaws-exercise', by: 'em-director-1' },
    hours: YEAR,
  },
];

const SHIFT_HOURS = 12;

/** That somebody is on duty in a role, for a shift. */
export const onDuty = (person: string, role: string): Stated => ({
  source: 'dispatch',
  kind: 'duty',
  subject: `person/${person}`,
  value: { status: 'on', role },
  hours: SHIFT_HOURS,
});

/** What an officer files before a record may be closed. */
export const documentation = (incidentId: string): Stated => ({
  source: 'dispatch',
  kind: 'documentation',
  subject: `incident/${incidentId}`,
  value: { reason: 'call for service', outcome: 'report filed', bodyCamera: 'BWC-RB-04' },
  hours: 24,
});
