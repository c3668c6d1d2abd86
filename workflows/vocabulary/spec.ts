import * as z from 'zod';
import type { Label } from '../../shared/contracts/restricted.ts';
import type { ResourceType } from '../../shared/contracts/vocabulary.ts';

/** Who outside SWOE performs actions. Each has a queue of its own, `actions-<subsystem>`. */
export const subsystems = [
  'drone_ops',
  'robotics',
  'dispatch',
  'officer_safety',
  'sensor_grid',
  'cctv_network',
  'investigations',
  'predictive_intel',
  'threat_intel',
  'human_stability',
  'fusion_cloud',
  'emergency_mgmt',
  'digital_twin',
  'moral_compass',
  'public_guardian',
] as const;
type Subsystem = (typeof subsystems)[number];

/** reads: leaves the world as it was. reversible: a later message takes it back. irreversible: who was told or shut in stays so. */
type Effect = 'reads' | 'reversible' | 'irreversible';

/** What one of the 25 actions is. `parameters` are strict: nothing undeclared passes, and none declares a payload or force. */
export interface ActionSpec {
  readonly summary: string;
  readonly effect: Effect;
  /** `swoe`: SWOE does it itself and asks nobody. */
  readonly performs: Subsystem | 'swoe';
  readonly parameters: z.ZodObject;
  /** What its completion says; more may stand in it. Scalar fields that are declared here may be read by conditions, so none is personal. */
  readonly reply: z.ZodObject;
  /** Labels of what its replies say beside these declared words: notes, reasons and whatever else stands in a result. */
  readonly restricted?: readonly Label[];
  /** What silence means where a person is asked about it: for force, search and surveillance no; for help the question climbs. */
  readonly silence: 'refuse' | 'escalate';
  /** 0: looks at nobody. 1: public places. 2: one person's or vehicle's movements. 3: a home, a body, or everybody in an area. */
  readonly intrusion: 0 | 1 | 2 | 3;
  /** Kinds of entities of the event that whoever performs it is told. */
  readonly discloses: readonly string[];
  /** What the subsystem is asked when the step is undone. Absent: there is nothing a machine could take back. */
  readonly undo?: string;
  /** Resource types a step with this action may ask for. */
  readonly mayNeed: readonly ResourceType[];
  /** Whom it sends is what it is for: somebody who lacks what is required is no help. Without it a step of `lifeSafety` may prefer, and requires nothing. */
  readonly specialists?: true;
  /** People are on their way because of it: it degrades, never fails the run, and no machine undoes it. */
  readonly lifeSafety: boolean;
  /** No guardrail withholds it; for `to`, only when it goes to one of those. It may be redacted. */
  readonly neverWithheld: boolean | { readonly to: readonly string[] };
}

/** A reply that says nothing a condition could read. */
export const silent = z.looseObject({});

/** What a message is about. Words to people come from the receiving system's own templates, never from a workflow's free text. */
export const Topic = z.enum([
  'gunfire',
  'active-shooter',
  'officer-distress',
  'pursuit',
  'missing-person',
  'amber',
  'hot-vehicle',
  'lpr-hit',
  'traffic-fatality',
  'crisis',
  'domestic-violence',
  'mental-health',
  'mass-casualty',
  'natural-disaster',
  'civil-unrest',
  'terrorist-threat',
  'cyber-attack',
  'drug-operation',
  'gang-activity',
  'school-threat',
]);
export type Topic = z.infer<typeof Topic>;

/** Metres around the incident. */
export const radiusM = z.number().positive().max(50_000);

/** '90s', '15m', '8h'. */
export const Span = z.templateLiteral([z.int().min(1), z.enum(['s', 'm', 'h'])]);

/** Whatever tells many people something ends by itself, belongs to somebody, and can be called off in words agreed beforehand. */
export const told = {
  expires: Span,
  owner: z.enum(['supervisor', 'watch_commander', 'incident_commander', 'chief', 'em_director']),
  cancelText: z.string().min(10).max(300),
};
