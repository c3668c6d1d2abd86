import type { BusEntry } from '../../client/bus.ts';

export interface Held {
  readonly entry: BusEntry;
  readonly critical: boolean;
}

/** What was heard and is not yet on the bus: CRITICAL first, each lane in the order it came. Nothing is ever dropped from it; when it is full the subsystem is made to wait. */
export interface Buffer {
  add(held: Held): void;
  /** Takes up to so many out. */
  take(most: number): Held[];
  /** Puts what the bus did not take back where it stood. */
  giveBack(held: readonly Held[]): void;
  size(): number;
}

export const createBuffer = (): Buffer => {
  const lanes: { critical: Held[]; other: Held[] } = { critical: [], other: [] };
  const laneOf = ({ critical }: Held) => (critical ? lanes.critical : lanes.other);
  return {
    add: (held) => void laneOf(held).push(held),
    take: (most) => {
      const first = lanes.critical.splice(0, most);
      return [...first, ...lanes.other.splice(0, most - first.length)];
    },
    giveBack: (held) => {
      for (const one of held.toReversed()) laneOf(one).unshift(one);
    },
    size: () => lanes.critical.length + lanes.other.length,
  };
};
