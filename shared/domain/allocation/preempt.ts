import type { Activity, Resource } from '../../contracts/resource.ts';
import type { AllocationRequest } from '../../contracts/resource-allocation.ts';
import { AllocationPriority, type ResourceType } from '../../contracts/vocabulary.ts';
import type { Clock } from '../../lambda/runtime.ts';
import type { Lease, ResourcesStore } from '../../stores/resources.ts';
import { type Choice, type Chosen, choice } from './choose.ts';
import { askedOf, unfit } from './fit.ts';
import { type Candidate, candidate, nearestFirst, spansWithin } from './nearest.ts';
import { goesBefore } from './priority.ts';

export interface PreemptDeps {
  resources: Pick<ResourcesStore, 'busy'>;
  clock: Clock;
}

/** Whoever is at a scene, has somebody aboard or saves a life is not called away, whatever else happens. */
const NEVER: ReadonlySet<Activity> = new Set(['ON_SCENE', 'TRANSPORTING', 'RESCUING']);

/** Nearer ones first; of a span at most so many are read. */
const RADII_M = [2_400, 19_000] as const;
const MOST_READ = 100;

/** The lease that a held unit stands under, as its own record says; undefined where it is not held. */
export const leaseOf = ({ id, status, holder, step, fence, leaseUntil, priority }: Resource): Lease | undefined =>
  status === 'HELD' && holder !== undefined && step !== undefined && leaseUntil !== undefined
    ? { resourceId: id, executionId: holder, step, fence, until: leaseUntil, priority: priority ?? 'NORMAL' }
    : undefined;

/** Whether a claim of this priority may take a unit from whoever holds it: only from a strictly lower one, whose lease runs and whose unit is free to turn round. Pure. */
export const mayTake = (
  unit: Resource,
  { executionId, priority }: Pick<AllocationRequest, 'executionId' | 'priority'>,
  now: number,
): boolean => {
  const lease = leaseOf(unit);
  return (
    lease !== undefined &&
    lease.executionId !== executionId &&
    Date.parse(lease.until) > now &&
    goesBefore(priority, lease.priority) &&
    !(unit.activity && NEVER.has(unit.activity))
  );
};

/** Whom it hurts least first: the lowest priority, then the nearest. */
const leastFirst = (a: Candidate, b: Candidate): number => {
  const rank = ({ unit }: Candidate): number => AllocationPriority.options.indexOf(unit.priority ?? 'NORMAL');
  return rank(b) - rank(a) || nearestFirst(a, b);
};

const whyTaken = ({ unit }: Candidate, priority: AllocationPriority): string =>
  `taken from ${unit.holder} (${unit.priority ?? 'NORMAL'}), before which ${priority} goes; no free one is left`;

const take = async (deps: PreemptDeps, want: AllocationRequest, type: ResourceType, count: number): Promise<Choice[]> => {
  const now = deps.clock.now();
  const asked = askedOf(want, type, now);
  let found: Candidate[] = [];
  for (const radiusM of RADII_M) {
    const rows = await Promise.all(spansWithin(want.location, radiusM).map((span) => deps.resources.busy(type, span, MOST_READ)));
    found = rows
      .flat()
      .filter((unit) => mayTake(unit, want, now))
      .map((unit) => candidate(unit, want.location, now))
      .filter(({ unit, distanceM }) => distanceM <= radiusM && unfit(unit, distanceM, asked) === undefined)
      .sort(leastFirst);
    if (found.length >= count) break;
  }
  return found.slice(0, count).map((one) => choice(one, whyTaken(one, want.priority)));
};

/** What was chosen, and for what is short units that are to be taken from runs of a lower priority; `ok` says whether that is enough. Nothing is taken that does not complete the bundle. */
export const withTaken =
  (deps: PreemptDeps) =>
  async (want: AllocationRequest, chosen: Chosen): Promise<Chosen> => {
    if (chosen.ok) return chosen;
    const taken: Choice[] = [];
    for (const [type, count] of Object.entries(chosen.short) as [ResourceType, number][]) {
      const units = await take(deps, want, type, count);
      if (units.length < count) return chosen;
      taken.push(...units);
    }
    return { ...chosen, ok: true, picks: [...chosen.picks, ...taken], short: {} };
  };
