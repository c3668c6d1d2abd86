import type { Observation } from './observation.ts';
import { type Group, partition } from './partition.ts';
import { relate } from './relate.ts';

/** Members that hang together, each related to another of its set; a set is one component again where nothing came between. */
const components = (members: readonly Observation[]): Observation[][] => {
  const left = [...members];
  const found: Observation[][] = [];
  for (let first = left.shift(); first; first = left.shift()) {
    const component = [first];
    for (const one of component)
      for (let at = left.length - 1; at >= 0; at -= 1) if (relate(one, left[at] as Observation)) component.push(...left.splice(at, 1));
    found.push(component);
  }
  return found;
};

/**
 * The incidents that a set of events is which was one component of the relation once. Where one of them was corrected since it need not be one
 * any more: whatever hangs together still is looked at by itself. A function of the set.
 */
export const partsOf = (members: readonly Observation[], corrected: boolean): Group[] =>
  (corrected ? components(members) : [[...members]]).flatMap(partition);
