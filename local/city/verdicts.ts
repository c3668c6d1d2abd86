import * as z from 'zod';
import type { Stated } from './facts.ts';

/** The responses that the two watchers of this city have looked at. */
export const RESPONSES = [
  'gunfire-response',
  'active-shooter-response',
  'officer-distress-response',
  'pursuit-coordination',
  'missing-person-response',
  'amber-alert-response',
  'hot-vehicle-response',
  'lpr-hot-hit-response',
  'traffic-fatality-response',
  'crisis-escalation-response',
  'dv-risk-escalation-response',
  'mental-health-crisis-response',
  'mass-casualty-response',
  'natural-disaster-response',
  'civil-unrest-response',
  'terrorist-threat-response',
  'cyber-attack-response',
  'drug-operation-response',
  'gang-activity-response',
  'school-threat-response',
] as const;

/** What SWOE asks them where it has no live verdict on a workflow. */
export const VerdictRequested = z.object({ subsystem: z.enum(['moral_compass', 'public_guardian']), workflow: z.string() });
export type VerdictRequested = z.infer<typeof VerdictRequested>;

const VALID_HOURS = 24;

/** The compass objects to nothing here, and no complaint is open; each says so for a day. */
export const verdict = ({ subsystem, workflow }: VerdictRequested): Stated => ({
  source: subsystem,
  subject: `workflow/${workflow}`,
  hours: VALID_HOURS,
  ...(subsystem === 'moral_compass'
    ? { kind: 'moral-verdict', value: { score: 82, objects: false } }
    : { kind: 'guardian-review', value: { state: 'none' } }),
});

export const VERDICTS: readonly Stated[] = RESPONSES.flatMap((workflow) => [
  verdict({ subsystem: 'moral_compass', workflow }),
  verdict({ subsystem: 'public_guardian', workflow }),
]);
