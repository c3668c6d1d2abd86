import { isStatement } from '../../shared/contracts/event.ts';
import { observe, relate } from '../../shared/domain/fusion/index.ts';
import type { EventsStore, StoredEvent } from '../../shared/stores/events.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';
import { firstOfEach, type Newcomer } from './accept.ts';
import { type MeetDeps, meet } from './meet.ts';
import { neighbours } from './neighbours.ts';

export interface LookDeps extends MeetDeps {
  events: EventsStore;
  incidents: IncidentsStore;
}

/** What is around the events of a batch: who is near whom, by rows, and those of them that are stored. */
export interface Surroundings {
  readonly near: Map<string, ReadonlySet<string>>;
  readonly stored: Map<string, StoredEvent>;
}

type Seen = Pick<Newcomer, 'key' | 'node' | 'event'>;

export const happens = ({ event }: Pick<Seen, 'event'>): boolean => !isStatement(event.type);

export const seenOf = ({ key, node, event }: Seen) => observe(node, key, event);

const find = async (
  deps: LookDeps,
  { near, stored }: Surroundings,
  of: readonly Seen[],
  isKnown: (node: string) => boolean,
): Promise<void> => {
  for (const [node, nodes] of await neighbours(deps.incidents)(of.map(seenOf))) near.set(node, nodes);
  const unknown = new Set(of.flatMap(({ node }) => [...(near.get(node) ?? [])]).filter((node) => !isKnown(node)));
  for (const one of await meet(deps)([...unknown])) stored.set(one.node, one);
};

/** The stored events around one, by their rows. */
export const around = ({ near, stored }: Surroundings, { node }: { readonly node: string }): StoredEvent[] =>
  [...(near.get(node) ?? [])].flatMap((other) => stored.get(other) ?? []);

/** Makes the newcomers seen, and only then looks around: of two that race at least one sees the other. */
export const lookAround = async (deps: LookDeps, newcomers: readonly Newcomer[]): Promise<Surroundings> => {
  const surroundings: Surroundings = { near: new Map(), stored: new Map() };
  const happenings = firstOfEach(newcomers).filter(happens);
  await deps.incidents.appear(happenings.map(seenOf));
  const own = new Set(newcomers.map(({ node }) => node));
  await find(deps, surroundings, happenings, (node) => own.has(node));
  return surroundings;
};

/**
 * Looks around once more, for events that were stored before or that somebody met before they were: what they saw may be too little. Who was
 * seen then is read again: whoever met them may have been corrected since.
 */
export const lookAgain = (deps: LookDeps, surroundings: Surroundings, of: readonly StoredEvent[]): Promise<void> =>
  find(deps, surroundings, of, () => false);

/** Whether an event has nobody to be united with: none of its own batch, and none that is stored and related to it. */
export const isAlone =
  ({ near, stored }: Surroundings, batch: readonly Newcomer[]) =>
  (one: Newcomer): boolean =>
    [...(near.get(one.node) ?? [])].every((node) => {
      const other = stored.get(node);
      if (batch.some((newcomer) => newcomer.node === node)) return false;
      return !other || !relate(seenOf(one), seenOf(other));
    });
