import { isStatement, type NormalizedEvent } from '../../shared/contracts/event.ts';
import type { JournalEntry } from '../../shared/contracts/journal.ts';
import { factsOf } from '../../shared/policy/facts.ts';
import type { EventsStore, StoredEvent } from '../../shared/stores/events.ts';
import type { FactsStore } from '../../shared/stores/facts.ts';
import { type JournalStore, placeOf } from '../../shared/stores/journal.ts';
import type { Write } from '../../shared/stores/table.ts';
import { acceptedEntry, factEntry, fusedEntry } from './entries.ts';

export interface AcceptDeps {
  events: EventsStore;
  facts: FactsStore;
  journal: JournalStore;
}

/** An event as it came, before it is stored. `busId` is the delivery that brought it. */
export interface Newcomer {
  readonly key: string;
  readonly node: string;
  readonly event: NormalizedEvent;
  readonly busId: string;
}

/**
 * What became of a batch. `fresh`: stored by this very call. `met`: of these, whom somebody met before they were stored. `again`: stored by an
 * earlier delivery of the same message, which may have been cut short. `duplicates`: other deliveries of a known event.
 */
export interface Accepted {
  fresh: StoredEvent[];
  met: ReadonlySet<string>;
  again: StoredEvent[];
  duplicates: Newcomer[];
  /** All of them as they are stored, whoever stored them. */
  stored: ReadonlyMap<string, StoredEvent>;
}

/** An event that is alone is an incident of its own at once; a statement is in none. */
const asStored = (one: Newcomer, done: boolean, placed: readonly JournalEntry[]): StoredEvent => {
  const [accepted, fused] = placed as [JournalEntry, JournalEntry];
  const { key, node, event, busId } = one;
  const own = done && !isStatement(event.type) ? { ...event, incidentId: node } : event;
  return { key, node, event: own, busId, accepted: placeOf(accepted), ...(done ? { fused: placeOf(fused) } : {}) };
};

const recorded = (done: readonly Newcomer[]) =>
  done.flatMap(({ node, event }) => {
    const incidentId = isStatement(event.type) ? undefined : node;
    return factsOf({ ...event, incidentId }).map((fact) => ({ fact, incidentId }));
  });

/** Everything that one transaction says of the newcomers; the first writes are their events' own, in their order. */
const transaction = (
  { events, facts }: AcceptDeps,
  open: readonly Newcomer[],
  met: ReadonlySet<string>,
  isDone: (one: Newcomer) => boolean,
) => {
  const done = open.filter(isDone);
  const stated = recorded(done);
  const fused = done.map((one) => ({ ...one, event: isStatement(one.event.type) ? one.event : { ...one.event, incidentId: one.node } }));
  const said = open.map((one) => fused.find(({ node }) => node === one.node) ?? one);
  const storedBy = (placed: readonly JournalEntry[]) => open.map((one) => asStored(one, isDone(one), placed));
  return {
    entries: [
      acceptedEntry(said),
      ...(done.length > 0 ? [fusedEntry(fused)] : []),
      ...stated.map(({ fact, incidentId }) => factEntry(fact, incidentId)),
    ],
    storedBy,
    writes: (placed: readonly JournalEntry[]): Write[] => {
      const parts = storedBy(placed).map((one) => events.accept(one, met.has(one.node)));
      return [
        ...parts.flatMap(([head]) => head ?? []),
        ...parts.flatMap(([, ...data]) => data),
        ...stated.map(({ fact }) => facts.record(fact)),
      ];
    },
  };
};

/** Stores what is new of these, whose keys differ, in one transaction; what is not new is left out of it and comes back as it is stored. */
const store = async (deps: AcceptDeps, newcomers: readonly Newcomer[], isAlone: (one: Newcomer) => boolean) => {
  const met = new Set<string>();
  const known = new Map<string, StoredEvent>();
  const isDone = (one: Newcomer): boolean => isStatement(one.event.type) || (!met.has(one.node) && isAlone(one));
  for (let open = newcomers; open[0]; open = open.filter(({ node }) => !known.has(node))) {
    const { entries, writes, storedBy } = transaction(deps, open, met, isDone);
    const done = await deps.journal.commit(open[0].node, entries, writes);
    if (done.ok) return { fresh: storedBy(done.entries), met, known };
    const refused = done.failed.flatMap((index) => open[index]?.node ?? []);
    for (const earlier of await deps.events.among(refused)) known.set(earlier.node, earlier);
    for (const node of refused) if (!known.has(node)) met.add(node);
  }
  return { fresh: [], met, known };
};

/** Of several deliveries of one event in a batch, the first: it is the one that can be stored. */
export const firstOfEach = (newcomers: readonly Newcomer[]): Newcomer[] =>
  newcomers.filter(({ node }, index) => newcomers.findIndex((one) => one.node === node) === index);

/** As duplicates are told of: with the incident of the event that they repeat. */
const repeats = (one: Newcomer, earlier: StoredEvent | undefined): Newcomer => ({
  ...one,
  event: { ...one.event, incidentId: earlier?.event.incidentId },
});

/**
 * First sight of the events of a batch, in one transaction: their items, and the journal's word. An event that is alone, and a statement, is
 * fused in it too, with the facts it states. The condition that keeps an event from being stored twice also fails where somebody met it
 * before it was stored; it is then stored all the same, and not taken for alone. Ten events are at most 42 of a transaction's 100 writes.
 */
export const accept =
  (deps: AcceptDeps) =>
  async (newcomers: readonly Newcomer[], isAlone: (one: Newcomer) => boolean): Promise<Accepted> => {
    const { fresh, met, known } = await store(deps, firstOfEach(newcomers), isAlone);
    const stored = new Map([...known.values(), ...fresh].map((one) => [one.node, one]));
    const isAgain = ({ node, busId }: Newcomer): boolean => stored.get(node)?.busId === busId;
    return {
      fresh,
      met,
      stored,
      again: [...known.values()].filter(({ node }) => newcomers.some((one) => one.node === node && isAgain(one))),
      duplicates: newcomers.filter((one) => !isAgain(one)).map((one) => repeats(one, stored.get(one.node))),
    };
  };
