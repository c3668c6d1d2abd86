import type { Resource } from '../../contracts/resource.ts';
import type { AllocationRequest, Because } from '../../contracts/resource-allocation.ts';
import { ResourceType as ResourceTypes } from '../../contracts/vocabulary.ts';
import type { Clock } from '../../lambda/runtime.ts';
import type { ResourcesStore } from '../../stores/resources.ts';
import type { Chosen } from './choose.ts';
import { candidate, nearerFirst, type Passed, spansWithin } from './nearest.ts';

export interface WhyNotDeps {
  resources: Pick<ResourcesStore, 'busy'>;
  clock: Clock;
}

/** Nobody asks after a unit that is further away than this (metres), and so many of a type are named, and of a span read, at most. */
const NEIGHBOURHOOD_M = 2_400;
const MOST_NAMED = 10;
const MOST_READ = 20;

/** Why a unit that is not free is not sent. */
const notFree = ({ status, holder, step, priority, activity }: Resource): string => {
  if (status === 'OUT_OF_SERVICE') return 'out of service';
  if (status === 'UNKNOWN') return 'its lease lapsed: only the unit or CAD knows where it stands';
  return `held by ${holder} for ${step}, ${priority ?? 'NORMAL'}${activity ? `, ${activity}` : ''}`;
};

export const because = ({ unit, distanceM, etaS, because: why }: Passed): Because => ({
  unit: unit.id,
  type: unit.type,
  distanceM,
  ...(etaS === undefined ? {} : { etaS }),
  because: why,
});

/** Units nearer than the furthest of those that were chosen, and why each of them was not: in the neighbourhood, the nearest of each type that was asked for. */
export const whyNotNearer =
  ({ resources, clock }: WhyNotDeps) =>
  async ({ needs, location }: Pick<AllocationRequest, 'needs' | 'location'>, { picks, short, passed }: Omit<Chosen, 'ok'>) => {
    const named: Because[] = [];
    const taken = new Set(picks.map(({ id }) => id));
    for (const type of ResourceTypes.options.filter((one) => needs[one] !== undefined)) {
      const furthest = Math.max(0, ...picks.filter((one) => one.type === type).map(({ distanceM }) => distanceM));
      const within = short[type] ? NEIGHBOURHOOD_M : Math.min(NEIGHBOURHOOD_M, furthest);
      const rows = await Promise.all(spansWithin(location, within).map((span) => resources.busy(type, span, MOST_READ)));
      const busy = rows.flat().map((unit): Passed => ({ ...candidate(unit, location, clock.now()), because: notFree(unit) }));
      const nearer = [...busy, ...passed.filter(({ unit }) => unit.type === type)]
        .filter(({ unit, distanceM }) => distanceM <= within && !taken.has(unit.id))
        .sort(nearerFirst);
      named.push(...nearer.slice(0, MOST_NAMED).map(because));
    }
    return named;
  };
