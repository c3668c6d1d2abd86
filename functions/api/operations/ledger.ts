import { type EventLedger, type Figures, Ledgered } from '../../../shared/contracts/ledger.ts';
import { addFigures, balance, hourOf, noFigures } from '../../../shared/domain/figures.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { HourCount, HoursStore } from '../../../shared/stores/hours.ts';
import type { Ask, Perform } from '../operation.ts';
import { invalidFields, ok, type Reply } from '../reply.ts';

interface Deps {
  hours: HoursStore;
  clock: Clock;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const MOST_HOURS = 31 * DAY_HOURS;

/** Whole hours, in ms since the epoch; `to` is the first that is not meant. */
interface Span {
  from: number;
  to: number;
}

const hoursAsked = ({ from, to }: Ask<'eventLedger'>['query'], now: number): Span | Reply => {
  const end = Math.ceil((to === undefined ? now + 1 : Date.parse(to)) / HOUR_MS) * HOUR_MS;
  const start = from === undefined ? end - DAY_HOURS * HOUR_MS : Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS;
  if (start >= end) return invalidFields([{ path: 'from', message: 'Must lie before to' }]);
  if (end - start > MOST_HOURS * HOUR_MS)
    return invalidFields([{ path: 'from', message: `At most ${MOST_HOURS} hours at once: ask for less` }]);
  return { from: start, to: end };
};

const sum = (rows: readonly HourCount[]): Figures => rows.map(({ figures }) => figures).reduce(addFigures, noFigures());

/** Rows by what they have in common, in the order of first sight. */
const grouped = <K>(rows: readonly HourCount[], by: (row: HourCount) => K): [K, HourCount[]][] => {
  const groups = new Map<K, HourCount[]>();
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row]);
  return [...groups];
};

/** The ledger of a span, from the rows of some sources. Pure. */
export const ledgerOf = ({ from, to }: Span, rows: readonly HourCount[]): EventLedger => ({
  from: iso(from),
  to: iso(to),
  total: balance(sum(rows)),
  hours: grouped(rows, ({ hour }) => hour)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([hour, own]) => ({ hour, ...balance(sum(own)) })),
  sources: grouped(rows, ({ source }) => source).map(([source, own]) => ({ source, ...balance(sum(own)) })),
});

export const eventLedger =
  ({ hours, clock }: Deps): Perform<'eventLedger'> =>
  async ({ query }) => {
    const span = hoursAsked(query, clock.now());
    if ('status' in span) return span;
    const [first, last] = [hourOf(iso(span.from)), hourOf(iso(span.to - 1))];
    const sources = query.source ? [query.source] : Ledgered.options;
    const rows = await Promise.all(sources.map((source) => hours.between(source, first, last)));
    return ok(ledgerOf(span, rows.flat()));
  };
