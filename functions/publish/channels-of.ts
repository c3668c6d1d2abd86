import type { JournalEntry } from '../../shared/contracts/journal.ts';
import type { Channel } from '../../shared/contracts/vocabulary.ts';
import { workflowNamed } from '../../workflows/index.ts';

type Told = Pick<JournalEntry, 'kind' | 'data'>;

const ALARMING = new Set<JournalEntry['kind']>([
  'event.dead-lettered',
  'event.corrected',
  'match.failed',
  'workflow.failed',
  'workflow.cancelled',
  'workflow.timed-out',
  'step.failed',
  'step.refused',
  'step.held',
  'step.not-undone',
  'approval.requested',
  'approval.expired',
  'resource.unknown',
  'resource.preempted',
  'sweep.found',
]);
const STREAMED = new Set<JournalEntry['kind']>([
  'event.fused',
  'event.dropped',
  'event.dead-lettered',
  'event.redriven',
  'event.discarded',
  'event.corrected',
  'subsystem.seen',
]);
const SAID_BY_GUARDRAILS = new Set<unknown>(['refuse', 'ask', 'alert']);

/** A unit's or subsystem's own word, and a correction, is told as what it changed, not as an event. */
const isEvents = ({ kind, data }: Told): boolean =>
  (STREAMED.has(kind) && data['into'] === undefined) || /^(incident|match|resource)\./.test(kind);

const isWorkflowStatus = ({ kind }: Told): boolean => /^(workflow|step|action|approval)\./.test(kind);

const isCritical = (workflow: unknown): boolean => workflowNamed(String(workflow))?.priority === 'CRITICAL';

/** A CRITICAL response that begins is an alert in itself: whoever watches only the alerts must see it. */
const isAlert = ({ kind, data }: Told): boolean =>
  ALARMING.has(kind) ||
  (kind === 'guardrail.decided' && SAID_BY_GUARDRAILS.has(data['verdict'])) ||
  (kind === 'workflow.started' && isCritical(data['workflow']));

/** The channels an entry is told on, as the customer lists them; none for what only the audit needs. */
export const channelsOf = (entry: Told): Channel[] => {
  const told: [Channel, boolean][] = [
    ['events', isEvents(entry)],
    ['workflow-status', isWorkflowStatus(entry)],
    ['alerts', isAlert(entry)],
  ];
  return told.flatMap(([channel, is]) => (is ? [channel] : []));
};
