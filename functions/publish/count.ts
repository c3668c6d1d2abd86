import type { JournalEntry } from '../../shared/contracts/journal.ts';
import type { Counts } from '../../shared/stores/channels.ts';

type Figure = Exclude<keyof Counts, 'dropped'>;

/** What became of events and matches: what every ledger counts under one name. */
export const BECAME = {
  'event.accepted': 'accepted',
  'event.fused': 'fused',
  'event.dead-lettered': 'deadLettered',
  'match.made': 'matched',
  'match.started': 'started',
  'match.joined': 'joined',
  'match.refused': 'refused',
  'match.queued': 'queued',
} as const satisfies Partial<Record<JournalEntry['kind'], Figure>>;

const FIGURE: Partial<Record<JournalEntry['kind'], Figure>> = {
  ...BECAME,
  'match.failed': 'failedToStart',
  'workflow.completed': 'completed',
  'workflow.failed': 'failed',
  'workflow.cancelled': 'failed',
  'workflow.timed-out': 'failed',
};

/** The ledger after one more entry. What the ledger does not count leaves it as it was. */
export const count = (counts: Counts, entry: Pick<JournalEntry, 'kind' | 'data'>): Counts => {
  if (entry.kind === 'event.dropped') {
    const reason = String(entry.data['reason'] ?? 'unknown');
    return { ...counts, dropped: { ...counts.dropped, [reason]: (counts.dropped[reason] ?? 0) + 1 } };
  }
  const figure = FIGURE[entry.kind];
  return figure ? { ...counts, [figure]: counts[figure] + 1 } : counts;
};
