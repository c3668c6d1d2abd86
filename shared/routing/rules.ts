import { calledGrave, grave, graveByType, notGrave, ordinary, own, replies } from './patterns.ts';
import type { PipelineName } from './pipelines.ts';

/** What goes from the bus into which queue. infra/ makes each a rule of the bus, the API tells them, test/routing/ holds events against them. */
export interface RoutingRule {
  readonly name: string;
  readonly to: string;
  /** Why there is such a rule, and why it leads there. */
  readonly why: string;
  readonly pattern: Record<string, unknown>;
}

export interface OwnRule extends RoutingRule {
  readonly to: PipelineName;
}

export const rules: readonly OwnRule[] = [
  {
    name: 'intake',
    to: 'ingest',
    why: 'Whatever a source says is normalised and fused before anything acts on it.',
    pattern: notGrave,
  },
  {
    name: 'intake-critical',
    to: 'ingest-critical',
    why: 'Shots or an officer in distress must not wait behind a storm of ordinary events.',
    pattern: graveByType,
  },
  {
    name: 'intake-called-critical',
    to: 'ingest-critical',
    why: 'Nor must what its producer calls CRITICAL, whatever it is.',
    pattern: calledGrave,
  },
  {
    name: 'reevaluations',
    to: 'ingest',
    why: 'A person asks that events are related anew.',
    pattern: own('fusion.requested'),
  },
  { name: 'settle', to: 'settle', why: 'A run waits for its subsystem’s answer.', pattern: replies },
  { name: 'answers', to: 'settle', why: 'A run waits for a person’s answer.', pattern: own('approval.answered') },
  {
    name: 'controls',
    to: 'settle',
    why: 'Who commands pauses a run and lets it go on.',
    pattern: own('execution.control', { op: ['pause', 'resume'] }),
  },
  { name: 'updates', to: 'settle', why: 'A run under way learns what its incident has become.', pattern: own('workflow.updated') },
  {
    name: 'preemptions',
    to: 'settle',
    why: 'A run from which a unit was taken looks for another, or goes on without.',
    pattern: own('resource.preempted'),
  },
  {
    name: 'freed',
    to: 'settle',
    why: 'Whoever waits for a unit is served, in order, when one can be sent.',
    pattern: own('resource.freed'),
  },
  {
    name: 'trigger-critical',
    to: 'trigger-critical',
    why: 'What is CRITICAL starts its response before anything else, whatever its category.',
    pattern: grave,
  },
  {
    name: 'facts',
    to: 'trigger-critical',
    why: 'A fact may be all that a condition waits for, and there are few of them.',
    pattern: own('event.normalized', { type: ['fact.asserted'] }),
  },
  { name: 'chains', to: 'trigger-critical', why: 'A workflow may follow another’s end.', pattern: own('workflow.completed') },
  {
    name: 'redrives',
    to: 'trigger-critical',
    why: 'A person takes an ended run up again and waits for it.',
    pattern: own('execution.redrive'),
  },
  { name: 'requests', to: 'trigger-critical', why: 'A person asks for a workflow and waits for it.', pattern: own('workflow.requested') },
  {
    name: 'merges',
    to: 'trigger-critical',
    why: 'Of two runs on what is one incident, one gives way before units are sent twice.',
    pattern: own('incident.merged'),
  },
  {
    name: 'corrections',
    to: 'trigger-critical',
    why: 'Whoever was told what is not so must hear what is.',
    pattern: own('event.corrected'),
  },
  {
    name: 'splits',
    to: 'trigger-critical',
    why: 'Runs look anew at what they ask: their incident is smaller than it was.',
    pattern: own('incident.split'),
  },
  {
    name: 'drains',
    to: 'trigger-critical',
    why: 'What waited for the engine goes, in order, when it goes on.',
    pattern: own('kernel.drain'),
  },
  {
    name: 'responses',
    to: 'trigger',
    why: 'What people answer to: most workflows wait for one of these.',
    pattern: ordinary(['INCIDENT', 'ALERT', 'TACTICAL', 'OFFICER', 'THREAT', 'EMERGENCY', 'HUMAN_STABILITY', 'CYBER', 'INVESTIGATION']),
  },
  {
    name: 'machines',
    to: 'trigger',
    why: 'What machines report of the city and of themselves may corroborate an incident and meet its condition.',
    pattern: ordinary(['SENSOR', 'DRONE', 'ROBOT', 'CITY', 'SYSTEM']),
  },
  {
    name: 'conclusions',
    to: 'trigger',
    why: 'What was concluded, foreseen or decided may be what a workflow waits for.',
    pattern: ordinary(['PREDICTIVE', 'FUSION', 'COMPLIANCE', 'GOVERNANCE']),
  },
  {
    name: 'register',
    to: 'register',
    why: 'Units and subsystems say what they are; that opens no incident and starts nothing.',
    pattern: own('event.normalized', { type: [{ prefix: 'unit.' }, { prefix: 'subsystem.' }] }),
  },
  { name: 'superseded', to: 'finish', why: 'A run that gave way is to end.', pattern: own('workflow.superseded') },
  { name: 'cancels', to: 'finish', why: 'Who commands ends a run.', pattern: own('execution.control', { op: ['cancel'] }) },
];

/** What a subsystem is asked, told, and told to be otherwise: its own and nobody else's. */
export const subsystemRule = (subsystem: string): RoutingRule => ({
  name: `actions-${subsystem}`,
  to: `actions-${subsystem}`,
  why: `${subsystem} performs what it is asked and hears nothing else.`,
  pattern: {
    source: ['swoe'],
    'detail-type': ['action.requested', 'action.cancelled', 'action.updated', 'action.corrected', 'verdict.requested'],
    detail: { subsystem: [subsystem] },
  },
});
