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

/** What an entry takes from the matches that wait: `queued` is those that wait now. One that ends while it waits says so. */
export const leftQueue = ({ kind, data }: Pick<JournalEntry, 'kind' | 'data'>): number =>
  kind === 'match.released' || ((kind === 'match.started' || kind === 'match.failed') && data['queued'] === true) ? 1 : 0;

/** The ledger after one more entry. What the ledger does not count leaves it as it was. */
export const count = (counts: Counts, entry: Pick<JournalEntry, 'kind' | 'data'>): Counts => {
  if (entry.kind === 'event.dropped') {
    const reason = String(entry.data['reason'] ?? 'unknown');
    return { ...counts, dropped: { ...counts.dropped, [reason]: (counts.dropped[reason] ?? 0) + 1 } };
  }
  const figure = FIGURE[entry.kind];
  const counted = figure ? { ...counts, [figure]: counts[figure] + 1 } : counts;
  const left = leftQueue(entry);
  return left > 0 ? { ...counted, queued: counted.queued - left } : counted;
};
