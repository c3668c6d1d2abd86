import type { AllocationRequest, Resource } from '../contracts/resource.ts';
import { type ResourceType, ResourceType as ResourceTypes } from '../contracts/vocabulary.ts';
import { metres } from './metres.ts';
import { type Candidate, type NearestDeps, nearest, nearestFirst } from './nearest.ts';

export interface ChooseDeps extends NearestDeps {
  /** Uniform in [0, 1): under contention the choice is among the nearest few. */
  random: () => number;
}

/** A unit that would be taken, and how far it has to come (geodesic metres). */
export interface Nearby {
  type: ResourceType;
  id: string;
  distanceM: number;
}

/** A whole bundle, or by type how many are lacking. */
export type Chosen = { ok: true; picks: Nearby[] } | { ok: false; short: Record<string, number> };

/** `atHand` are units that the run holds already and has no use for yet. */
export interface Wanted {
  needs: AllocationRequest['needs'];
  location: AllocationRequest['location'];
  atHand?: readonly Pick<Resource, 'id' | 'type' | 'location'>[];
}

/** Units at hand of a type, nearest first. */
const own = ({ atHand = [], location }: Wanted, type: ResourceType): Candidate[] =>
  atHand
    .filter((unit) => unit.type === type)
    .map((unit) => ({ id: unit.id, distanceM: Math.round(metres(location, unit.location)) }))
    .sort(nearestFirst);

/**
 * Units at hand first, then the nearest free ones of each type; from the second try on, among as many more as there were tries, so that
 * rivals part. It holds nothing: whoever wants the units claims them.
 */
export const choose =
  (deps: ChooseDeps) =>
  async (want: Wanted, tries = 0): Promise<Chosen> => {
    const picks: Nearby[] = [];
    const short: Record<string, number> = {};
    for (const type of ResourceTypes.options) {
      const handed = own(want, type).slice(0, want.needs[type] ?? 0);
      const count = (want.needs[type] ?? 0) - handed.length;
      const pool = count === 0 ? [] : await nearest(deps)(type, want.location, count + tries);
      if (pool.length < count) short[type] = count - pool.length;
      while (pool.length > count) pool.splice(tries === 0 ? pool.length - 1 : Math.floor(deps.random() * pool.length), 1);
      picks.push(...[...handed, ...pool].map((unit) => ({ type, ...unit })));
    }
    return Object.keys(short).length > 0 ? { ok: false, short } : { ok: true, picks };
  };
