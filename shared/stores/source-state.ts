import type { Priority, Source } from '../contracts/vocabulary.ts';
import type { Item } from './table.ts';

const MINUTE_MS = 60_000;

/** What happened to events of a source, by the priority they were taken for. */
export const FATES = ['delayed', 'shed', 'repeats'] as const;
export type Fate = (typeof FATES)[number];
export type ByPriority = Partial<Record<Priority, number>>;
export type Fates = Record<Fate, ByPriority>;

/**
 * A source as it is known: its next turn (`next`, microseconds since the epoch), and what it did since it was first heard.
 * Times in ms since the epoch. `inMinute` events came in the minute `minute`, `before` in the one before it that had any, `minuteBefore`.
 */
export interface SourceState {
  readonly source: Source;
  readonly next?: number | undefined;
  readonly received: number;
  readonly fates: Fates;
  readonly errors: number;
  readonly lastSeenAt?: number | undefined;
  readonly lastEventAt?: string | undefined;
  readonly lastShedAt?: number | undefined;
  readonly lastErrorAt?: number | undefined;
  readonly minute?: number | undefined;
  readonly inMinute: number;
  readonly minuteBefore?: number | undefined;
  readonly before: number;
}

export const minuteOf = (now: number): number => Math.floor(now / MINUTE_MS);

/** Events a minute over the last sixty seconds: what this minute has, and of the minute before the part that is not over yet. */
export const perMinute = ({ minute, inMinute, minuteBefore, before }: SourceState, now: number): number => {
  const passed = (now % MINUTE_MS) / MINUTE_MS;
  if (minute === undefined || minute < minuteOf(now) - 1) return 0;
  if (minute === minuteOf(now) - 1) return Math.round(inMinute * (1 - passed));
  return Math.round(inMinute + (minuteBefore === minute - 1 ? before * (1 - passed) : 0));
};

export const numberIn = (item: Item, name: string): number | undefined => (item[name] === undefined ? undefined : Number(item[name]));

const fatesIn = (item: Item): Fates => {
  const of = (fate: Fate): ByPriority =>
    Object.fromEntries(
      Object.entries(item).flatMap(([name, n]) => (name.startsWith(`${fate}_`) ? [[name.slice(fate.length + 1), Number(n)]] : [])),
    );
  return { delayed: of('delayed'), shed: of('shed'), repeats: of('repeats') };
};

/** A source's item as it is known; one that was never heard has counted nothing. */
export const stateOf = (source: Source, item: Item = {}): SourceState => ({
  source,
  next: numberIn(item, 'tat'),
  received: numberIn(item, 'received') ?? 0,
  fates: fatesIn(item),
  errors: numberIn(item, 'errors') ?? 0,
  lastSeenAt: numberIn(item, 'lastSeenAt'),
  lastEventAt: item['lastEventAt'] as string | undefined,
  lastShedAt: numberIn(item, 'lastShedAt'),
  lastErrorAt: numberIn(item, 'lastErrorAt'),
  minute: numberIn(item, 'minute'),
  inMinute: numberIn(item, 'inMinute') ?? 0,
  minuteBefore: numberIn(item, 'minuteBefore'),
  before: numberIn(item, 'before') ?? 0,
});
