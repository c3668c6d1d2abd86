import type { Entry } from '../../../shared/contracts/journal.ts';
import { errorFields, say } from '../../../shared/lambda/log.ts';
import { packed } from '../../../shared/lambda/packed.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { SourcesStore } from '../../../shared/stores/sources.ts';
import type { Write } from '../../../shared/stores/table.ts';
import type { Normal } from '../delivery.ts';
import { acceptedEntry, inHours } from '../entries.ts';
import { type DebounceDeps, sightingIn } from './debounce.ts';
import type { Judged, Repeat, Shed } from './screened.ts';

export interface DropDeps extends DebounceDeps {
  journal: JournalStore;
}

interface Dropped {
  normal: Normal;
  reason: string;
  /** What the entry says beside the reason. */
  why: Record<string, unknown>;
  /** What was seen, where it was claimed or is a repeat. */
  sighting: string | undefined;
}

const ofShed =
  (specs: DropDeps['specs']) =>
  ({ normal, reason, limit, buffer }: Shed): Dropped => ({
    normal,
    reason,
    why: { limit, buffer },
    sighting: sightingIn(specs, normal),
  });
const ofRepeat = ({ normal, of, sighting }: Repeat): Dropped => ({ normal, reason: 'repeat', why: { of }, sighting });

/** One entry says that they came, one that they were dropped: each counts, and is told, once for each of them. */
const entriesOf = (dropped: readonly Dropped[]): Entry[] => [
  acceptedEntry(dropped.map(({ normal: { delivery, key, event } }) => ({ key, event, busId: delivery.raw.id }))),
  {
    kind: 'event.dropped',
    actor: 'system/ingest',
    data: inHours(
      dropped.map(({ normal: { delivery, key, event }, reason, why }) => ({
        eventKey: key,
        busId: delivery.raw.id,
        type: event.type,
        source: event.source,
        priority: event.priority,
        reason,
        ...why,
      })),
      dropped.map(({ normal }) => normal),
    ),
  },
];

/** Sightings whose first one is shed: it gives its claim back. */
const releasedBy = (dropped: readonly Dropped[]): ReadonlySet<string> =>
  new Set(dropped.flatMap(({ reason, sighting }) => (reason === 'repeat' ? [] : (sighting ?? []))));

/** Repeats are counted on the first one's row; where that gives its claim back there is nothing to count on. */
const sightingWrites = (sources: SourcesStore, dropped: readonly Dropped[], released: ReadonlySet<string>): Write[] => {
  const repeated = new Map<string, number>();
  for (const { reason, sighting } of dropped)
    if (reason === 'repeat' && sighting !== undefined) repeated.set(sighting, (repeated.get(sighting) ?? 0) + 1);
  return [
    ...[...releasedBy(dropped)].map(sources.release),
    ...[...repeated].flatMap(([sighting, n]) => (released.has(sighting) ? [] : [sources.repeated(sighting, n)])),
  ];
};

/** So many in one transaction: with a row and a sighting each they are far from a hundred writes. */
const AT_ONCE = 10;

/**
 * Writes down what was shed and what was a repeat: accepted, dropped and why, in a transaction of up to ten with a row for each delivery, so
 * that one that comes again is not counted again. Answers those that could not be written down and must be delivered again.
 */
export const drop = ({ sources, specs, journal, clock, log }: DropDeps) => {
  const writeDown = async (some: readonly Dropped[], released: ReadonlySet<string>): Promise<Normal[]> => {
    let open = some;
    try {
      while (open.length > 0) {
        const rows = open.map(({ normal: { delivery, key }, reason }) => sources.dropped(delivery.raw.id, key, reason, clock.now()));
        const subject = open[0]?.normal.delivery.raw.id ?? '';
        const done = await journal.commit(subject, entriesOf(open), [...rows, ...sightingWrites(sources, open, released)]);
        if (done.ok) return [];
        const known = new Set(done.failed);
        open = open.filter((_, at) => !known.has(at));
      }
      return [];
    } catch (error) {
      say(log, 'warn', 'drop.failed', errorFields(error));
      return open.map(({ normal }) => normal);
    }
  };
  return async ({ shed, repeats }: Pick<Judged, 'shed' | 'repeats'>): Promise<Normal[]> => {
    const dropped = [...shed.map(ofShed(specs)), ...repeats.map(ofRepeat)];
    const released = releasedBy(dropped);
    return (await Promise.all(packed(dropped, { most: AT_ONCE }).map((some) => writeDown(some, released)))).flat();
  };
};
