import type { Message } from '../channel.ts';
import type { Topic } from '../topic.ts';
import type { ClientWord, ServerWord } from '../words.ts';

type Example = Pick<Message, 'kind' | 'about' | 'data'>;

const run = { about: { workflow: 'gunfire-response', priority: 'CRITICAL' } } as const;
const step = { step: 'sendDrone', workflow: 'gunfire-response', action: 'DRONE_DISPATCH' };
const question = { step: 'releasePrediction', approvalId: 'gunfire-response-SW3H~releasePrediction', ask: 'watch_commander' };

/** One message of each topic, as a city at work tells it. */
export const topicExamples: Readonly<Record<Topic, Example>> = {
  'trigger-detection': {
    kind: 'match.made',
    ...run,
    data: { workflow: 'gunfire-response', version: 1, eventKey: 'gunshot_detection#shot-1' },
  },
  'fused-event': {
    kind: 'event.fused',
    about: { category: 'TACTICAL', priority: 'CRITICAL', source: 'gunshot_detection', agency: 'rbpd' },
    data: { eventKey: 'gunshot_detection#shot-1', type: 'gunshot.detected', category: 'TACTICAL', priority: 'CRITICAL', opened: true },
  },
  resource: { kind: 'resource.allocated', ...run, data: { step: 'sendDrone', units: [{ id: 'drone-1', type: 'DRONE', fence: 1 }] } },
  'system-status': { kind: 'subsystem.seen', about: { source: 'drone_ops' }, data: { subsystem: 'drone_ops' } },
  intake: { kind: 'event.dropped', about: { source: 'lpr_network' }, data: { eventKey: 'lpr_network#7', reason: 'duplicate' } },
  sharing: {
    kind: 'dissemination.recorded',
    about: {},
    data: {
      recipient: 'county-sheriff',
      agreement: 'MOU-2026-014',
      purpose: 'mutual aid on shots fired',
      word: 'told',
      sharedAs: 'riviera-beach-pd/SW3HS55C25QWD0WKJS5KXZ6ZK3',
      fields: ['type', 'category', 'priority', 'time', 'location'],
    },
  },
  'joint-operation': {
    kind: 'joint.accepted',
    about: {},
    data: {
      operationId: '01KAP5X8S0J4Q6V2T9B7C3D1F5',
      name: 'Marina shooting',
      lead: 'riviera-beach-pd',
      agency: 'county-sheriff',
      agencies: ['riviera-beach-pd', 'county-sheriff'],
    },
  },
  'workflow-started': { kind: 'workflow.started', ...run, data: { workflow: 'gunfire-response', version: 1 } },
  'step-completed': { kind: 'step.completed', ...run, data: step },
  'workflow-ended': { kind: 'workflow.completed', ...run, data: { workflow: 'gunfire-response', status: 'COMPLETED', degraded: false } },
  'workflow-error': { kind: 'step.failed', ...run, data: { ...step, error: 'SWOE.ActionFailed', cause: 'rotor' } },
  'workflow-progress': { kind: 'step.started', ...run, data: { ...step, attempt: 0 } },
  approval: { kind: 'approval.requested', ...run, data: { ...question, expiresAt: '2026-11-22T17:05:02.650Z' } },
  'policy-violation': {
    kind: 'guardrail.decided',
    ...run,
    data: { ...step, verdict: 'refuse', clauses: ['fourth-amendment-drone-surveillance'] },
  },
  'guardrail-trigger': { kind: 'guardrail.decided', ...run, data: { ...step, verdict: 'ask', clauses: ['moral-compass'] } },
  'system-warning': {
    kind: 'event.dead-lettered',
    about: {},
    data: { busId: '0f7c', source: 'who_knows', reason: 'source: not registered' },
  },
  'critical-response': { kind: 'workflow.started', ...run, data: { workflow: 'gunfire-response', version: 1 } },
};

/** Everything a client may say. */
export const clientExamples: readonly ClientWord[] = [
  { action: 'ping' },
  { action: 'resume', from: 42 },
  { action: 'snapshot' },
  { action: 'subscribe', filter: { priorities: ['CRITICAL', 'HIGH'] } },
];

const channel = 'alerts';

/** Everything SWOE says beside frames, by name. */
export const serverExamples = {
  Pong: { channel, pong: true, at: '2026-11-22T17:00:00.000Z', next: 42 },
  Subscribed: { channel, subscribed: { priorities: ['CRITICAL', 'HIGH'] }, next: 42 },
  Resumed: { channel, resumed: true, next: 42 },
  More: { channel, more: true, from: 42 },
  Gap: { channel, gap: true, from: 40, detail: 'Messages 7 to 39 are no longer kept here' },
  Snapshot: {
    channel,
    snapshot: [{ topic: 'critical-response', at: '2026-11-22T17:00:00.000Z', ...topicExamples['critical-response'] }],
    part: 1,
    of: 1,
    whole: true,
    next: 42,
  },
  Refused: { channel, error: 'filter.sources.0: Invalid option', accepted: ['{"action":"ping"}'] },
} as const satisfies Record<string, ServerWord | object>;
