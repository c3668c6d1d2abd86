import { isCorrected } from '../../shared/domain/correction.ts';
import { type Observation, relate } from '../../shared/domain/fusion/index.ts';
import { isFused, type StoredEvent } from '../../shared/stores/events.ts';
import type { Forest, Told } from './fuse.ts';
import { seenOf } from './look.ts';

interface Neighbour {
  readonly seen: Observation;
  readonly settled: boolean;
}

/**
 * Those with whom an event must be united. Events that are fused and related to each other are one incident already, so one of them stands for
 * all that hang together; one that is not fused yet, or was corrected since, has perhaps still to be united with its own, and counts for itself.
 */
const representatives = (around: readonly Neighbour[]): Observation[] => {
  const left = around.filter(({ settled }) => settled).map(({ seen }) => seen);
  const chosen = around.filter(({ settled }) => !settled).map(({ seen }) => seen);
  for (let first = left.shift(); first; first = left.shift()) {
    chosen.push(first);
    const group = [first];
    for (const one of group)
      for (let at = left.length - 1; at >= 0; at -= 1) if (relate(one, left[at] as Observation)) group.push(...left.splice(at, 1));
  }
  return chosen.sort((a, b) => (a.node < b.node ? -1 : 1));
};

/** Unites an event with those stored events to which it is related; `around` are its neighbours by their rows. Returns what somebody must be told. */
export const join = async (woods: Forest, stored: StoredEvent, around: readonly StoredEvent[]): Promise<Told[]> => {
  const own = seenOf(stored);
  const related = around
    .map((one) => ({ seen: seenOf(one), settled: isFused(one) && !isCorrected(one.event) }))
    .filter(({ seen }) => relate(own, seen));
  const told: Told[] = [];
  for (const other of representatives(related)) {
    const reason = relate(own, other);
    if (reason) told.push(await woods.unite(stored.node, other.node, reason));
  }
  return told;
};
