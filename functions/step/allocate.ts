import type { Entry } from '../../shared/contracts/journal.ts';
import type { AllocatedUnit, Allocation, AllocationRequest, Resource } from '../../shared/contracts/resource.ts';
import { type ChooseDeps, choose, type Nearby } from '../../shared/domain/choose.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { Lease, ResourcesStore } from '../../shared/stores/resources.ts';
import type { Write } from '../../shared/stores/table.ts';

export interface AllocateDeps extends ChooseDeps {
  resources: ResourcesStore;
  journal: JournalStore;
  clock: Clock;
}

const ATTEMPTS = 6;

/** The step of a lease that was handed over from a superseded run and not put to use yet. */
const TAKEN_OVER = 'taken-over';

/** A unit under its lease, as both stand. */
interface Held {
  lease: Lease;
  unit: Resource;
}

/** What the run holds for `step`, unit by unit. */
const heldFor = async ({ resources }: AllocateDeps, leases: readonly Lease[], step: string): Promise<Held[]> => {
  const own = leases.filter((lease) => lease.step === step);
  const units = await resources.many(own.map(({ resourceId }) => resourceId));
  return units.flatMap((unit) => {
    const lease = own.find(({ resourceId }) => resourceId === unit.id);
    return lease ? [{ lease, unit }] : [];
  });
};

const given = ({ id, type }: Resource, fence: number, distanceM: number): AllocatedUnit => ({ id, type, fence, distanceM });

/** One bundle, chosen: claims of free units, and units taken over that change their step under the lease they have. */
const bundle = async (
  { resources }: AllocateDeps,
  want: AllocationRequest,
  picks: readonly Nearby[],
  atHand: readonly Held[],
  until: string,
) => {
  const { executionId, step } = want;
  const distances = new Map(picks.map(({ id, distanceM }) => [id, distanceM]));
  const handed = atHand.filter(({ unit }) => distances.has(unit.id));
  const free = await resources.many(picks.map(({ id }) => id).filter((id) => !handed.some(({ unit }) => unit.id === id)));
  const claims = free.map((unit) => ({ unit, lease: { resourceId: unit.id, executionId, step, fence: unit.fence + 1, until } }));
  const units = (some: readonly Held[]) => some.map(({ unit, lease }) => given(unit, lease.fence, distances.get(unit.id) ?? 0));
  return {
    claimed: units(claims),
    handed: units(handed),
    writes: [
      ...claims.flatMap(({ unit, lease }) => resources.claim(unit, lease)),
      ...handed.flatMap(({ lease }) => resources.reassign(lease, { ...lease, step, until })),
    ],
  };
};

/** One try: `again` where a rival was faster, `over` where the run no longer goes on. */
const claim = async (
  deps: AllocateDeps,
  want: AllocationRequest,
  incidentId: string,
  { goesOn, tries }: { goesOn: Write | undefined; tries: number },
): Promise<Allocation | 'again' | 'over'> => {
  const { resources, journal, clock } = deps;
  const { executionId, step } = want;
  const leases = await resources.heldBy(executionId);
  const before = await heldFor(deps, leases, step);
  const [first] = before;
  if (first) return { outcome: 'allocated', units: before.map(({ unit }) => given(unit, unit.fence, 0)), leaseUntil: first.lease.until };
  const atHand = await heldFor(deps, leases, TAKEN_OVER);
  const chosen = await choose(deps)({ ...want, atHand: atHand.map(({ unit }) => unit) }, tries);
  if (!chosen.ok) return { outcome: 'short', short: chosen.short };
  const until = iso(clock.now() + want.leaseS * 1000);
  const { claimed, handed, writes } = await bundle(deps, want, chosen.picks, atHand, until);
  const data = { step, units: claimed, until, ...(handed.length > 0 ? { handed } : {}) };
  const entry: Entry = { kind: 'resource.allocated', actor: 'system/step', incidentId, executionId, data };
  const done = await journal.commit(incidentId, [entry], [...(goesOn ? [goesOn] : []), ...writes]);
  if (done.ok) return { outcome: 'allocated', units: [...handed, ...claimed], leaseUntil: until };
  return goesOn && done.failed.includes(0) ? 'over' : 'again';
};

/**
 * Holds the bundle in one transaction, all or nothing: units taken over from a superseded run first, then free ones, each of these under a
 * lease and a fence one higher than before. A second delivery of the same command is given the same units.
 * `goesOn` is what must hold of the run for it to be given anything; undefined where it does not.
 */
export const allocate =
  (deps: AllocateDeps) =>
  async (want: AllocationRequest, incidentId: string, goesOn?: Write): Promise<Allocation | undefined> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const outcome = await claim(deps, want, incidentId, { goesOn, tries });
      if (outcome === 'over') return undefined;
      if (outcome !== 'again') return outcome;
    }
    return { outcome: 'short', short: want.needs };
  };
