/** What goes from the bus into which queue. The bus policy sees to it that only SWOE's own roles say `swoe`. */

const REPLIES = ['action.completed', 'action.failed', 'action.progress'];
const own = (detailType: string, detail?: Record<string, unknown>) => ({
  source: ['swoe'],
  'detail-type': [detailType],
  ...(detail ? { detail } : {}),
});

export const rules = [
  {
    name: 'intake',
    to: 'ingest',
    // A replay of the archive must not dispatch a second time.
    pattern: { source: [{ 'anything-but': ['swoe'] }], 'detail-type': [{ 'anything-but': REPLIES }], 'replay-name': [{ exists: false }] },
  },
  { name: 'settle', to: 'settle', pattern: { source: [{ 'anything-but': ['swoe'] }], 'detail-type': REPLIES } },
  { name: 'answers', to: 'settle', pattern: own('approval.answered') },
  { name: 'trigger-critical', to: 'trigger-critical', pattern: own('event.normalized', { priority: ['CRITICAL'] }) },
  { name: 'requests', to: 'trigger-critical', pattern: own('workflow.requested') },
  { name: 'trigger', to: 'trigger', pattern: own('event.normalized', { priority: [{ 'anything-but': ['CRITICAL'] }] }) },
  { name: 'merges', to: 'trigger-critical', pattern: own('incident.merged') },
  { name: 'register', to: 'register', pattern: own('event.normalized', { type: [{ prefix: 'unit.' }, { prefix: 'subsystem.' }] }) },
] as const;
