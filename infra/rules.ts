/** What goes from the bus into which queue. The bus policy sees to it that only SWOE's own roles say `swoe`. */

const REPLIES = ['action.completed', 'action.failed', 'action.progress'];
const own = (detailType: string, detail?: Record<string, unknown>) => ({
  source: ['swoe'],
  'detail-type': [detailType],
  ...(detail ? { detail } : {}),
});

/** What happened, and not what a unit, a subsystem or a fact is. */
const HAPPENINGS = [{ 'anything-but': { prefix: ['unit.', 'subsystem.', 'fact.'] } }];

export const rules = [
  {
    name: 'intake',
    to: 'ingest',
    // A replay of the archive must not dispatch a second time.
    pattern: { source: [{ 'anything-but': ['swoe'] }], 'detail-type': [{ 'anything-but': REPLIES }], 'replay-name': [{ exists: false }] },
  },
  { name: 'settle', to: 'settle', pattern: { source: [{ 'anything-but': ['swoe'] }], 'detail-type': REPLIES } },
  { name: 'answers', to: 'settle', pattern: own('approval.answered') },
  { name: 'controls', to: 'settle', pattern: own('execution.control', { op: ['pause', 'resume'] }) },
  { name: 'updates', to: 'settle', pattern: own('workflow.updated') },
  { name: 'trigger-critical', to: 'trigger-critical', pattern: own('event.normalized', { priority: ['CRITICAL'], type: HAPPENINGS }) },
  // A fact may be all that a condition waits for, and there are few of them.
  { name: 'facts', to: 'trigger-critical', pattern: own('event.normalized', { type: ['fact.asserted'] }) },
  { name: 'chains', to: 'trigger-critical', pattern: own('workflow.completed') },
  { name: 'redrives', to: 'trigger-critical', pattern: own('execution.redrive') },
  { name: 'requests', to: 'trigger-critical', pattern: own('workflow.requested') },
  {
    name: 'trigger',
    to: 'trigger',
    pattern: own('event.normalized', { priority: [{ 'anything-but': ['CRITICAL'] }], type: HAPPENINGS }),
  },
  { name: 'corrections', to: 'trigger-critical', pattern: own('event.corrected') },
  { name: 'merges', to: 'trigger-critical', pattern: own('incident.merged') },
  { name: 'splits', to: 'trigger-critical', pattern: own('incident.split') },
  { name: 'register', to: 'register', pattern: own('event.normalized', { type: [{ prefix: 'unit.' }, { prefix: 'subsystem.' }] }) },
] as const;

/** What goes from the bus to `finish`, whose queue stands with the state machines. */
export const endRules = [
  { name: 'superseded', pattern: own('workflow.superseded') },
  { name: 'cancels', pattern: own('execution.control', { op: ['cancel'] }) },
] as const;
