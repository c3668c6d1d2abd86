import type { Entry } from '../contracts/journal.ts';
import type { JournalStore } from '../stores/journal.ts';
import type { Lease, ResourcesStore } from '../stores/resources.ts';

export interface ReleaseDeps {
  resources: ResourcesStore;
  journal: JournalStore;
}

/** A lease outlives its run's deadline by so much (s): the end has that long to free the unit in order. */
export const LEASE_GRACE_S = 300;

const ATTEMPTS = 10;

/**
 * Ends one lease: the unit is FREE, or UNKNOWN where the lease lapsed (only the unit or CAD knows then).
 * A lease that is no longer the unit's is left alone: someone with a newer fence holds it. One that was renewed since it was read does not lapse.
 */
export const endLease =
  ({ resources, journal }: ReleaseDeps) =>
  async (lease: Lease, status: 'FREE' | 'UNKNOWN', actor: string): Promise<boolean> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const unit = await resources.get(lease.resourceId);
      if (unit?.status !== 'HELD' || unit.fence !== lease.fence) return false;
      if (status === 'UNKNOWN' && unit.leaseUntil !== lease.until) return false;
      const kind = status === 'FREE' ? ('resource.released' as const) : ('resource.unknown' as const);
      const { executionId, step, fence } = lease;
      const done = await journal.commit(
        lease.executionId,
        [{ kind, actor, executionId, data: { resourceId: unit.id, type: unit.type, step, fence } }],
        resources.release(unit, lease, status),
      );
      if (done.ok) return true;
    }
    return false;
  };

/** The same lease for longer, under the same fence. False where it is no longer the unit's. */
export const renewLease =
  ({ resources, journal }: ReleaseDeps) =>
  async (lease: Lease, until: string, actor: string): Promise<boolean> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const unit = await resources.get(lease.resourceId);
      if (unit?.status !== 'HELD' || unit.fence !== lease.fence || unit.holder !== lease.executionId) return false;
      const { executionId, step, fence } = lease;
      const data = { resourceId: unit.id, type: unit.type, step, fence, was: lease.until, until };
      const entry: Entry = { kind: 'resource.renewed', actor, executionId, data };
      const done = await journal.commit(executionId, [entry], resources.keep(unit, lease, { ...lease, until }));
      if (done.ok) return true;
    }
    return false;
  };

/** Frees what an execution holds, or what some of its steps hold. Returns the units' ids. */
export const release =
  (deps: ReleaseDeps) =>
  async (executionId: string, actor: string, only: (lease: Lease) => boolean = () => true): Promise<string[]> => {
    const freed: string[] = [];
    for (const lease of (await deps.resources.heldBy(executionId)).filter(only)) {
      if (await endLease(deps)(lease, 'FREE', actor)) freed.push(lease.resourceId);
    }
    return freed;
  };
