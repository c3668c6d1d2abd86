import type { JournalEntry, JournalKind } from '../../shared/contracts/journal.ts';
import type { Figures, Ledgered } from '../../shared/contracts/ledger.ts';
import { apart } from '../../shared/domain/apart.ts';
import { addFigures, hourOf, ledgered, noFigures } from '../../shared/domain/figures.ts';
import type { HourCount } from '../../shared/stores/hours.ts';
import { BECAME, leftQueue } from './count.ts';

type Told = Pick<JournalEntry, 'kind' | 'at' | 'data'>;

const FIGURE: Partial<Record<JournalKind, Exclude<keyof Figures, 'dropped'>>> = { ...BECAME, 'match.failed': 'failed' };

const figuresOf = (said: Pick<Told, 'kind' | 'data'>): Figures | undefined => {
  const { kind, data } = said;
  if (kind === 'event.dropped') return { ...noFigures(), dropped: { [String(data['reason'] ?? 'unknown')]: 1 } };
  const figure = FIGURE[kind];
  const left = leftQueue(said);
  if (!figure && left === 0) return undefined;
  return { ...noFigures(), ...(left > 0 ? { queued: -left } : {}), ...(figure ? { [figure]: 1 } : {}) };
};

/** A refused event has no key, and its source is named; a match that no event made is SWOE's own. */
const sourceOf = ({ kind, data: { source, eventKey } }: Pick<Told, 'kind' | 'data'>): Ledgered => {
  const of = ledgered(String(eventKey ?? source).split('#')[0] ?? '');
  return kind.startsWith('match.') && of === 'unregistered' ? 'swoe' : of;
};

/** The hour in which the event was accepted, or the match made: as the entry says, where that was in another transaction, else its own. */
const hourIn = ({ at, data }: Told, said: Pick<Told, 'data'>): string => String(said.data['hour'] ?? data['hour'] ?? hourOf(at));

/** What entries add to the ledger by source and hour, one row for each of both. */
export const byHour = (entries: readonly Told[]): HourCount[] => {
  const rows = new Map<string, HourCount>();
  for (const entry of entries)
    for (const said of apart(entry)) {
      const figures = figuresOf(said);
      if (!figures) continue;
      const [source, hour] = [sourceOf(said), hourIn(entry, said)];
      const row = rows.get(`${source} ${hour}`)?.figures ?? noFigures();
      rows.set(`${source} ${hour}`, { source, hour, figures: addFigures(row, figures) });
    }
  return [...rows.values()];
};
