import * as z from 'zod';
import { JournalKind } from './journal.ts';
import type { Channel } from './vocabulary.ts';

/** What a message is about: the customer's own list for each channel, and what is told beside it. What each means stands in `topics`. */
export const Topic = z.enum([
  'trigger-detection',
  'fused-event',
  'resource',
  'system-status',
  'intake',
  'sharing',
  'joint-operation',
  'workflow-started',
  'step-completed',
  'workflow-ended',
  'workflow-error',
  'workflow-progress',
  'approval',
  'policy-violation',
  'guardrail-trigger',
  'system-warning',
  'critical-response',
]);
export type Topic = z.infer<typeof Topic>;

/** One topic of a channel. An entry of the journal belongs to the first topic of a channel that has its kind. */
export interface TopicSpec {
  readonly topic: Topic;
  /** The customer's own words for it; absent where it is told beside their list. */
  readonly named?: string;
  readonly says: string;
  readonly kinds: readonly JournalKind[];
  /** What stands in `data`, as far as a client may rely on it. */
  readonly data: z.ZodObject;
  /** What more than the kind it takes, in words; the rule itself is in functions/publish/channels-of.ts. */
  readonly only?: string;
}

/** Every kind of the journal under these words: what is added there is told as well. */
const under = (...words: string[]): JournalKind[] => JournalKind.options.filter((kind) => words.includes(kind.split('.')[0] ?? ''));

const some = z.string().optional();
const Match = z.looseObject({ workflow: z.string(), eventKey: some });
const Fused = z.looseObject({ eventKey: some, type: some, category: some, priority: some, source: some, agency: some });
const Unit = z.looseObject({ resourceId: some, type: some, status: some, step: some });
const Run = z.looseObject({ workflow: some, status: some, cause: some });
const Step = z.looseObject({ step: z.string(), workflow: some, action: some, error: some, cause: some });
const Progress = z.looseObject({ workflow: some, step: some, action: some, actionId: some });
const Question = z.looseObject({ step: z.string(), approvalId: some, ask: some, answer: some, expiresAt: some });
const Decision = z.looseObject({ workflow: some, step: some, verdict: some, clauses: z.array(z.unknown()).optional() });
const Shared = z.looseObject({
  recipient: some,
  agreement: some,
  purpose: some,
  word: some,
  sharedAs: some,
  fields: z.array(z.string()).optional(),
});
const Joint = z.looseObject({ operationId: z.string(), name: some, lead: some, agency: some, agencies: z.array(z.string()) });
const Warning = z.looseObject({ reason: some, subject: some, kind: some, source: some, eventKey: some, resourceId: some, subsystem: some });

const trouble = ['step.failed', 'step.refused', 'step.missed', 'step.not-undone'] as const satisfies JournalKind[];
const ailing = [
  'subsystem.degraded',
  'subsystem.silent',
  'subsystem.recovered',
  'subsystem.opened',
  'subsystem.half-opened',
  'subsystem.closed',
] as const satisfies JournalKind[];
const unfinished = ['workflow.failed', 'workflow.cancelled', 'workflow.timed-out'] as const satisfies JournalKind[];

/** What each channel tells. The order decides where a kind stands twice. */
export const topics: Readonly<Record<Channel, readonly TopicSpec[]>> = {
  events: [
    {
      topic: 'trigger-detection',
      named: 'Trigger detections',
      says: 'An event or incident asks for a workflow, and what became of that.',
      kinds: under('match'),
      data: Match,
    },
    {
      topic: 'fused-event',
      named: 'Fused events',
      says: 'An event has its incident, was corrected, or incidents became one or several.',
      kinds: ['event.fused', 'event.corrected', ...under('incident')],
      data: Fused,
      only: 'What a unit or subsystem says of itself is not told as an event: what it changed is.',
    },
    {
      topic: 'resource',
      named: 'Resource allocations/releases',
      says: 'A unit was allocated, released, handed over, changed or lost sight of.',
      kinds: under('resource'),
      data: Unit,
    },
    {
      topic: 'system-status',
      named: 'System status updates',
      says: 'A subsystem was seen or registered, fell silent or came back, is asked no more or again; the engine was paused, stopped or started.',
      kinds: under('subsystem', 'kernel'),
      data: z.looseObject({ subsystem: some }),
    },
    {
      topic: 'intake',
      says: 'An event came in and was dropped, put to the dead letters, sent again or closed.',
      kinds: ['event.dropped', 'event.dead-lettered', 'event.redriven', 'event.discarded'],
      data: z.looseObject({ busId: some, eventKey: some, reason: some }),
    },
    {
      topic: 'sharing',
      says: 'Another agency or an index was told something: all that people of other agencies are told here, each of their own.',
      kinds: under('dissemination'),
      data: Shared,
    },
    {
      topic: 'joint-operation',
      says: 'A joint operation was declared, accepted, left, renewed or ended; units were committed to it or taken back; its unified command or its lead changed.',
      kinds: under('joint'),
      data: Joint,
    },
  ],
  'workflow-status': [
    { topic: 'workflow-started', named: 'Workflow started', says: 'A run began.', kinds: ['workflow.started'], data: Run },
    { topic: 'step-completed', named: 'Step completed', says: 'A step was done.', kinds: ['step.completed'], data: Step },
    {
      topic: 'workflow-ended',
      named: 'Workflow completed/failed',
      says: 'A run completed, failed, was cancelled or ran out of time.',
      kinds: ['workflow.completed', ...unfinished],
      data: Run,
    },
    {
      topic: 'workflow-error',
      named: 'Workflow errors',
      says: 'A step failed, was refused, was gone on without, or could not be undone.',
      kinds: trouble,
      data: Step,
    },
    { topic: 'approval', says: 'A person is asked, and what they answered.', kinds: under('approval'), data: Question },
    {
      topic: 'workflow-progress',
      says: 'Whatever else a run, its steps and its actions go through.',
      kinds: under('workflow', 'step', 'action'),
      data: Progress,
    },
  ],
  alerts: [
    {
      topic: 'policy-violation',
      named: 'Policy violations',
      says: 'A guardrail refused, or a step was refused for it.',
      kinds: ['guardrail.decided', 'step.refused'],
      data: Decision,
      only: 'guardrail.decided where the verdict is refuse.',
    },
    {
      topic: 'guardrail-trigger',
      named: 'Guardrail triggers',
      says: 'A guardrail asks a person, or alerts.',
      kinds: ['guardrail.decided'],
      data: Decision,
      only: 'guardrail.decided where the verdict is ask or alert.',
    },
    {
      topic: 'workflow-error',
      named: 'Workflow errors',
      says: 'A run did not complete or did not start, a step failed or could not be undone.',
      kinds: [...unfinished, 'match.failed', 'step.failed', 'step.not-undone'],
      data: Progress,
    },
    {
      topic: 'system-warning',
      named: 'System warnings',
      says: 'SWOE itself needs a look: a dead letter, a corrected report, a fact that two persons withdrew or replaced, a unit lost sight of or taken from a run, what the sweep found, an audit that does not hold, that nobody signed or that could not be written for a while, a subsystem that is silent or asked no more, an engine that was paused, stopped or started.',
      kinds: [
        'event.dead-lettered',
        'event.corrected',
        'resource.unknown',
        'resource.preempted',
        'fact.withdrawn',
        'fact.overridden',
        'sweep.found',
        'audit.broken',
        'audit.unsigned',
        'audit.spooled',
        ...ailing,
        ...under('kernel'),
      ],
      data: Warning,
    },
    {
      topic: 'approval',
      says: 'A step waits for a person, a person is asked, or nobody answered in time; what takes two persons waits for the second, and what became of it.',
      kinds: ['step.held', 'approval.requested', 'approval.expired', ...under('ask')],
      data: Question.extend({ step: some, askId: some, operation: some }),
    },
    {
      topic: 'critical-response',
      says: 'A response to something CRITICAL began, or waits for the engine.',
      kinds: ['workflow.started', 'match.queued'],
      data: Run,
      only: 'workflow.started where the workflow is CRITICAL.',
    },
  ],
};
