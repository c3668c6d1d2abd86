import type { AllocationRequest } from '../contracts/resource.ts';
import { type ResourceType, ResourceType as ResourceTypes } from '../contracts/vocabulary.ts';
import { type NearestDeps, nearest } from './nearest.ts';

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

/**
 * The nearest free units of each type; from the second try on, among as many more as there were tries, so that rivals part.
 * It holds nothing: whoever wants the units claims them.
 */
export const choose =
  (deps: ChooseDeps) =>
  async (
    { needs, location }: { needs: AllocationRequest['needs']; location: AllocationRequest['location'] },
    tries = 0,
  ): Promise<Chosen> => {
    const picks: Nearby[] = [];
    const short: Record<string, number> = {};
    for (const type of ResourceTypes.options) {
      const count = needs[type] ?? 0;
      if (count === 0) continue;
      const pool = await nearest(deps)(type, location, count + tries);
      if (pool.length < count) short[type] = count - pool.length;
      while (pool.length > count) pool.splice(tries === 0 ? pool.length - 1 : Math.floor(deps.random() * pool.length), 1);
      picks.push(...pool.map((unit) => ({ type, ...unit })));
    }
    return Object.keys(short).length > 0 ? { ok: false, short } : { ok: true, picks };
  };
