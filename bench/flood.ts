import { Priority, Source } from '../shared/contracts/vocabulary.ts';
import { sources } from '../shared/sources/index.ts';
import type { Event } from './load.ts';

/** Who says how much in an overload: one source ten times what it is promised, every other one a little. */

export const FLOODED: Source = 'city_autonomy';
const TIMES = 10;
const OTHERS_PER_SECOND = 2;

/** Of a hundred events, so many of each priority. */
const SHARES: Readonly<Record<Priority, number>> = { CRITICAL: 1, HIGH: 9, MEDIUM: 20, LOW: 30, INFO: 40 };
const BY_PRIORITY = Priority.options.flatMap((priority) => Array.from({ length: SHARES[priority] }, () => priority));
/** Spread evenly, so that each stretch of a flood holds all of them: 37 has no divisor in common with 100. */
export const priorityAt = (n: number): Priority => BY_PRIORITY[(n * 37) % BY_PRIORITY.length] ?? 'INFO';

/** Places far enough apart to be incidents of their own, on a grid over the Gulf. */
const place = (n: number) => ({ lat: 18 + (n % 300) * 0.03, lon: -97 + Math.floor(n / 300) * 0.03, radiusM: 20 });

/** The nth event of a source: something changed, which starts no workflow whatever its priority. */
export const change = (source: Source, n: number, at: number): Event => ({
  source,
  type: 'city.changed',
  detail: {
    specversion: '1.0',
    id: `${source}-${n}`,
    source: 'flood',
    type: 'city.changed',
    time: new Date(at).toISOString(),
    data: { priority: priorityAt(n), location: place(n + Source.options.indexOf(source) * 40_000), summary: 'something changed' },
  },
});

/** Events a second of each source. */
export const paces = (): readonly (readonly [source: Source, perSecond: number])[] =>
  Source.options.map((source) => [source, source === FLOODED ? TIMES * sources[source].rate.perSecond : OTHERS_PER_SECOND]);
