import * as z from 'zod';
import { IngestRequest, Location } from './event.ts';
import { Missing } from './execution.ts';
import { JournalKind } from './journal.ts';
import { GuardrailDecision } from './policy.ts';
import { Because, qualities } from './resource-allocation.ts';
import { ActionType, ResourceType, Role, TriggerKind, WorkflowStatus } from './vocabulary.ts';
import { Needs } from './workflow.ts';

/** What a person is assumed to do when asked. */
export const AssumedAnswer = z.enum(['approve', 'refuse', 'silent']);
export type AssumedAnswer = z.infer<typeof AssumedAnswer>;

const Scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
/** What a reply says, by the fields that the vocabulary declares. */
const Words = z.record(z.string(), Scalar);
const names = z.array(z.string().max(60)).max(200).default([]);

/**
 * The body of `POST /simulate`. `event` is an envelope as `POST /events/ingest` takes it; without one a person starts the run, or what
 * `startedBy` names. Steps of `fail` answer that they failed, at each attempt; those of `slow` never answer. `approvals` says what is
 * answered to an approval, or to a held step, by its name; otherwise it is yes. `said` is what a step's reply says (in a list:
 * round by round, the last from then on), `takes` its seconds.
 */
export const SimulationRequest = z.object({
  workflow: z.string().max(60),
  event: IngestRequest.optional(),
  incidentId: z.string().min(1).max(64).optional(),
  location: Location.optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  startedBy: TriggerKind.optional(),
  fail: names,
  slow: names,
  approvals: z.record(z.string(), AssumedAnswer).default({}),
  said: z.record(z.string(), z.union([Words, z.array(Words).min(1).max(200)])).default({}),
  takes: z.record(z.string(), z.number().positive().max(86_400)).default({}),
  /** A person calls the run off after so many seconds. */
  cancelAfterS: z.number().positive().max(604_800).optional(),
});
export type SimulationRequest = z.infer<typeof SimulationRequest>;

/** What the journal would be told, and what only a simulation tells: a step whose condition did not hold, and a bundle that was not to be had. */
export const MomentKind = z.enum([...JournalKind.options, 'step.passed-over', 'resource.short']);
export type MomentKind = z.infer<typeof MomentKind>;

/** A unit of the present fleet as the simulation sends it; nothing is held. `distanceM` is geodesic metres from the run's place. */
export const SimulatedUnit = z.object({ id: z.string(), type: ResourceType, distanceM: z.number() });
export type SimulatedUnit = z.infer<typeof SimulatedUnit>;

/** One moment of the run. `atS` is seconds since its start; `attempt` counts from 0. */
export const Moment = z.object({
  atS: z.number(),
  kind: MomentKind,
  step: z.string().optional(),
  action: z.string().optional(),
  attempt: z.int().optional(),
  round: z.int().optional(),
  /** Whom it concerns: the subsystem that is asked, the role that answers, who must undo. */
  who: z.string().optional(),
  verdict: GuardrailDecision.shape.verdict.optional(),
  clauses: z.array(z.string()).optional(),
  units: z.array(SimulatedUnit).optional(),
  short: Needs.optional(),
  /** Why these units, and why no nearer ones. */
  why: z.array(Because).optional(),
  notNearer: z.array(Because).optional(),
  said: Words.optional(),
  error: z.string().optional(),
  note: z.string().optional(),
});
export type Moment = z.infer<typeof Moment>;

/** What the guardrails said of one action, at the moment it would have been done. `permit` with a clause: an action that is never withheld. */
export const Judgement = GuardrailDecision.omit({ law: true }).extend({
  atS: z.number(),
  step: z.string().optional(),
  action: z.union([ActionType, z.literal('START_WORKFLOW')]),
});
export type Judgement = z.infer<typeof Judgement>;

/** A question that a person would be asked, and what was assumed. */
export const SimulatedApproval = z.object({
  atS: z.number(),
  step: z.string(),
  kind: z.enum(['approval', 'hold']),
  ask: Role,
  second: Role.optional(),
  question: z.string(),
  answer: AssumedAnswer,
});
export type SimulatedApproval = z.infer<typeof SimulatedApproval>;

/** An effect when the run does not complete, newest first: undone, or by whom it must be. */
export const Undoing = z.object({ step: z.string(), action: z.string(), undone: z.boolean(), who: z.string().optional() });
export type Undoing = z.infer<typeof Undoing>;

/** A unit that was given, from when to when. Without `untilS` nothing of the run frees it: `who` does. */
export const Sent = SimulatedUnit.extend({
  step: z.string(),
  fromS: z.number(),
  untilS: z.number().optional(),
  who: z.string().optional(),
});
export type Sent = z.infer<typeof Sent>;

/** REFUSED: a guardrail would not let it start. The others are the statuses in which a run ends. */
export const SimulatedStatus = z.enum(['REFUSED', ...WorkflowStatus.exclude(['PENDING', 'QUEUED', 'RUNNING', 'PAUSED']).options]);
export type SimulatedStatus = z.infer<typeof SimulatedStatus>;

/** A run that did not happen: what it would have done, and what would have stood in its way. `law` is the version of the clauses it was judged under. */
export const Simulation = z.object({
  workflow: z.string(),
  version: z.int(),
  law: z.string(),
  startedBy: TriggerKind,
  /** Whether the workflow declares such a trigger and, for an event, whether its pattern fits. It is simulated all the same. */
  trigger: z.object({ fits: z.boolean(), why: z.string() }),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  status: SimulatedStatus,
  cause: z.string().optional(),
  degraded: z.boolean(),
  missing: z.array(Missing),
  timeline: z.array(Moment),
  sent: z.array(Sent),
  /** Steps that need units and never went out, and why. */
  notSent: z.array(z.object({ step: z.string(), action: z.string(), needs: Needs, ...qualities, why: z.string() })),
  judgements: z.array(Judgement),
  approvals: z.array(SimulatedApproval),
  undoing: z.array(Undoing),
  cost: z.object({
    units: z.array(z.object({ type: ResourceType, count: z.int(), minutes: z.number() })),
    /** What AWS would count: state transitions (retries too), invocations of step, settle and finish, and events put on the bus. */
    aws: z.object({ stateTransitions: z.int(), invocations: z.int(), events: z.int() }),
  }),
  /** The state machine's own history, by AWS's names. */
  history: z.array(z.object({ atS: z.number(), type: z.string(), state: z.string().optional() })),
});
export type Simulation = z.infer<typeof Simulation>;
