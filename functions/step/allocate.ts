import type { AllocatedUnit, Allocation, AllocationRequest } from '../../shared/contracts/resource.ts';
import { type ChooseDeps, choose } from '../../shared/domain/choose.ts';
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

/** What this step already holds: a second delivery of the same command is given the same units. */
const heldAlready = async (
  { resources }: AllocateDeps,
  want: AllocationRequest,
): Promise<{ lease: Lease; units: AllocatedUnit[] } | undefined> => {
  const leases = (await resources.heldBy(want.executionId)).filter(({ step }) => step === want.step);
  const [lease] = leases;
  if (!lease) return undefined;
  const units = await resources.many(leases.map(({ resourceId }) => resourceId));
  return { lease, units: units.map(({ id, type, fence }) => ({ id, type, fence, distanceM: 0 })) };
};

/**
 * Claims the bundle in one transaction, all or nothing; each unit under a lease and a fence one higher than before.
 * `goesOn` is what must hold of the run for it to be given anything; undefined where it does not.
 */
export const allocate =
  (deps: AllocateDeps) =>
  async (want: AllocationRequest, incidentId: string, goesOn?: Write): Promise<Allocation | undefined> => {
    const before = await heldAlready(deps, want);
    if (before) return { outcome: 'allocated', units: before.units, leaseUntil: before.lease.until };
    const { resources, journal, clock } = deps;
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const chosen = await choose(deps)(want, tries);
      if (!chosen.ok) return { outcome: 'short', short: chosen.short };
      const until = iso(clock.now() + want.leaseS * 1000);
      const units = await resources.many(chosen.picks.map(({ id }) => id));
      const leases = units.map((unit) => ({
        unit,
        lease: { resourceId: unit.id, executionId: want.executionId, step: want.step, fence: unit.fence + 1, until },
      }));
      const given = leases.map(({ unit, lease }) => ({
        id: unit.id,
        type: unit.type,
        fence: lease.fence,
        distanceM: chosen.picks.find(({ id }) => id === unit.id)?.distanceM ?? 0,
      }));
      const done = await journal.commit(
        incidentId,
        [
          {
            kind: 'resource.allocated',
            actor: 'system/step',
            incidentId,
            executionId: want.executionId,
            data: { step: want.step, units: given, until },
          },
        ],
        [...(goesOn ? [goesOn] : []), ...leases.flatMap(({ unit, lease }) => resources.claim(unit, lease))],
      );
      if (!done.ok && goesOn && done.failed.includes(0)) return undefined;
      if (done.ok) return { outcome: 'allocated', units: given, leaseUntil: until };
    }
    return { outcome: 'short', short: want.needs };
  };
