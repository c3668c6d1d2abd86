import * as z from 'zod';
import { Location, NormalizedDetail } from './event.ts';
import { qualities } from './resource-allocation.ts';
import { Restricted } from './restricted.ts';
import { Link, Situation } from './situation.ts';
import { Priority, Role, TriggerKind, WorkflowStatus } from './vocabulary.ts';
import { Approval, Needs, Step } from './workflow.ts';

/**
 * What a person asks for with `POST /workflow/execute`. A claim in `inputs` is a claim, never a fact. `via` says whether a person asks or
 * a tool of theirs; without it, whichever of the two the workflow may be started by.
 */
export const ExecuteRequest = z.object({
  workflow: z.string(),
  via: z.enum(['MANUAL', 'API']).optional(),
  incidentId: z.string().min(1).max(64).optional(),
  location: Location.optional(),
  reason: z.string().min(3).max(500),
  inputs: z.record(z.string(), z.unknown()).default({}),
});
export type ExecuteRequest = z.infer<typeof ExecuteRequest>;

/** The detail of `workflow.requested`: a person's request, signed by the API with who asked and a request id. */
export const WorkflowRequested = ExecuteRequest.extend({ requestId: z.string(), by: z.string(), role: Role, at: z.iso.datetime() });
export type WorkflowRequested = z.infer<typeof WorkflowRequested>;

export const MatchOutcome = z.enum(['pending', 'started', 'joined', 'refused', 'queued', 'failed']);
export type MatchOutcome = z.infer<typeof MatchOutcome>;

/** One workflow matched by one event (or request). Ends as started, joined, refused, queued or failed. */
export const TriggerMatch = z.object({
  workflow: z.string(),
  version: z.int(),
  eventKey: z.string(),
  incidentId: z.string(),
  executionId: z.string(),
  outcome: MatchOutcome,
  clause: z.string().optional(),
  at: z.iso.datetime(),
});
export type TriggerMatch = z.infer<typeof TriggerMatch>;

/** The frozen input of a state machine: stored with the match before StartExecution. Execution ids are `<workflow>-<incident or request id>`. */
export const ExecutionInput = z.object({
  executionId: z.string(),
  workflow: z.string(),
  version: z.int(),
  incidentId: z.string(),
  location: Location.optional(),
  priority: Priority,
  summary: z.string(),
  event: NormalizedDetail.optional(),
  requestedBy: z.string().optional(),
  /** What started it; steps may depend on it, and guardrails do. */
  startedBy: TriggerKind.default('EVENT'),
  /** For a run that follows another. */
  chain: Link.optional(),
  inputs: z.record(z.string(), z.unknown()),
});
export type ExecutionInput = z.infer<typeof ExecutionInput>;

/** One step, or approval, that did not do its part, and why. A run with any of these is never a plain COMPLETED. Of a `repeat` it is the last round that counts. */
export const Missing = z.object({
  step: z.string(),
  action: z.string(),
  error: z.string(),
  cause: z.string(),
  /** The round it missed; absent outside a `repeat`. */
  round: z.int().optional(),
});
export type Missing = z.infer<typeof Missing>;

export const Execution = z.object({
  id: z.string(),
  workflow: z.string(),
  version: z.int(),
  incidentId: z.string(),
  status: WorkflowStatus,
  priority: Priority,
  agency: z.string(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** As it was set; it moves by as long as the engine stood paused since (`deadlineOf` in shared/domain/kernel/state.ts). */
  deadline: z.iso.datetime(),
  /** How long the engine had stood paused in all when the deadline was set (ms); 0 where nothing is said. */
  enginePausedMs: z.int().optional(),
  /** Since when its start waited for the engine, or for its turn, where it did. */
  queuedAt: z.iso.datetime().optional(),
  /** When its end began: from then on no step begins, and what is to be undone is being undone. */
  ending: z.iso.datetime().optional(),
  /** How it will have ended: whoever began its end has said so, whoever completes it. */
  endingAs: WorkflowStatus.optional(),
  degraded: z.boolean(),
  missing: z.array(Missing),
  cause: z.string().optional(),
  /** Since when it is paused; its deadline moves by as long as that lasts. */
  pausedAt: z.iso.datetime().optional(),
  /** How long the engine had stood paused in all when this run was (ms). */
  pausedBefore: z.int().optional(),
  /** The failed execution that this one takes up again: what it had completed, and nobody undid, is not done again. */
  redriveOf: z.string().optional(),
  /** Executions of this incident whose units and approvals this one took over, and the one that took over from it. */
  tookOver: z.array(z.string()).default([]),
  supersededBy: z.string().optional(),
  situation: Situation.optional(),
  input: ExecutionInput,
});
export type Execution = z.infer<typeof Execution>;

export const StepStatus = z.enum(['RUNNING', 'DISPATCHED', 'HELD', 'COMPLETED', 'FAILED', 'REFUSED', 'TIMED_OUT', 'UNDONE']);
export type StepStatus = z.infer<typeof StepStatus>;

/** Why a step waits for a person: the warnings that stand in its way, and the answered approvals whose facts have changed since. */
export const Held = z.object({
  warnings: z.array(z.object({ id: z.string(), citation: z.string(), refusal: z.string() })),
  /** The facts it was judged on, by kind and event. */
  facts: z.array(z.object({ kind: z.string(), subject: z.string(), eventKey: z.string(), expiresAt: z.string() })),
  voided: z.array(z.string()),
  /** Who said yes to those, and is asked again. */
  ask: Role.optional(),
  second: Role.optional(),
});
export type Held = z.infer<typeof Held>;

/** A step of a running execution. `token` is the state machine's task token; it never leaves the store. */
export const StepRecord = z.object({
  executionId: z.string(),
  incidentId: z.string(),
  step: z.string(),
  action: z.string(),
  actionId: z.string(),
  status: StepStatus,
  ordinal: z.int(),
  attempt: z.int(),
  /** The round of the `repeat` it stands in; 0 outside one. */
  round: z.int().default(0),
  undo: z.enum(['auto', 'human', 'never']),
  subsystem: z.string().optional(),
  /** Where this attempt was sent, and how urgently: an attempt that is asked for again is asked for in the same words. */
  location: Location.optional(),
  priority: Priority.optional(),
  token: z.string().optional(),
  units: z.array(z.string()),
  /** What it needs, as the definition says that it is run by. */
  needs: Needs.optional(),
  ...qualities,
  /** Ids of the attempts for which a subsystem was asked, the newest ones, and what kinds of entities it was told of. */
  asked: z.array(z.string()).optional(),
  told: z.array(z.string()).optional(),
  /** Its parameters as they were evaluated. */
  arguments: z.record(z.string(), z.unknown()).optional(),
  held: Held.optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  /** Where its subsystem said what is restricted: `result` holds the action's declared words alone, the rest is sealed. */
  restricted: Restricted.optional(),
});
export type StepRecord = z.infer<typeof StepRecord>;

export const Answer = z.enum(['approve', 'refuse']);

/** What a yes lets happen: step, action and its parameters. */
export const Release = z.object({ step: z.string(), action: z.string(), with: z.record(z.string(), z.unknown()) });
export type Release = z.infer<typeof Release>;

/** One person's word on a question. */
export const Voice = z.object({ by: z.string(), role: Role, answer: Answer, reason: z.string(), at: z.iso.datetime() });
export type Voice = z.infer<typeof Voice>;

/**
 * A question put to a person: an approval of the workflow, or a step that is held. `factsHash` is SHA-256 over the facts shown and what a
 * yes releases; changed facts void what was said. With `second` two different persons must say yes, one no refuses. `pause` asks nobody: it waits for a resume.
 * `review` asks afterwards whether a life-safety override was justified: nothing waits for it, it outlives its run, and its facts are those of the moment.
 */
export const ApprovalRecord = z.object({
  id: z.string(),
  executionId: z.string(),
  step: z.string(),
  kind: z.enum(['approval', 'hold', 'pause', 'review']),
  /** The round of the `repeat` it was asked in; a new round asks anew. */
  round: z.int().default(0),
  ask: Role,
  second: Role.optional(),
  voices: z.array(Voice).default([]),
  question: z.string(),
  facts: z.record(z.string(), z.unknown()),
  releases: z.array(Release).default([]),
  factsHash: z.string(),
  askedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  token: z.string().optional(),
  answer: Answer.optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
});
export type ApprovalRecord = z.infer<typeof ApprovalRecord>;

export const ApprovalAnswer = z.object({ answer: Answer, reason: z.string().min(3).max(500), factsHash: z.string() });
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;

/** What the state machine hands to `step` and `finish`. `contract` lets a running execution keep the version it started under. */
const common = { contract: z.literal(1), executionId: z.string(), attempt: z.int().default(0) };
const failure = z.looseObject({ Error: z.string().optional(), Cause: z.string().optional() });

export const StepCommand = z.discriminatedUnion('op', [
  z.object({
    ...common,
    op: z.literal('perform'),
    token: z.string(),
    ordinal: z.int(),
    round: z.int().default(0),
    step: Step,
    /** The approvals it stands behind: their yes must still hold when it is done. */
    behind: z.array(z.string()).default([]),
    arguments: z.record(z.string(), z.unknown()),
  }),
  z.object({
    ...common,
    op: z.literal('hold'),
    token: z.string(),
    ordinal: z.int(),
    round: z.int().default(0),
    step: Step,
    ask: Role.default('supervisor'),
    /** Seconds that this question stays open. */
    within: z.number().positive().default(86_400),
    error: failure,
  }),
  z.object({
    ...common,
    op: z.literal('ask'),
    token: z.string(),
    ordinal: z.int(),
    round: z.int().default(0),
    // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
    approval: Approval.omit({ then: true, otherwise: true }),
    ask: Role,
    /** What a yes lets happen, as it is shown to the person: step, action and arguments as they are written. */
    releases: z.array(Release).default([]),
  }),
  z.object({
    ...common,
    op: z.literal('miss'),
    step: z.string(),
    action: z.string(),
    /** The round of the `repeat` that it missed in; a later one may still do its part. */
    round: z.int().default(0),
    undo: z.enum(['auto', 'human', 'never']),
    error: failure,
  }),
]);
export type StepCommand = z.infer<typeof StepCommand>;

export const FinishCommand = z.discriminatedUnion('op', [
  z.object({ ...common, op: z.literal('complete') }),
  z.object({ ...common, op: z.literal('compensate'), error: failure }),
]);
export type FinishCommand = z.infer<typeof FinishCommand>;
