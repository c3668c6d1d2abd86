import type { Entry } from '../contracts/journal.ts';
import type { Resource } from '../contracts/resource.ts';
import type { JournalStore } from '../stores/journal.ts';
import type { Lease, ResourcesStore } from '../stores/resources.ts';
import type { Write } from '../stores/table.ts';
import { type FreedDeps, tellOfFree } from './allocation/freed.ts';

export interface ReleaseDeps {
  resources: ResourcesStore;
  journal: JournalStore;
}

/** A lease outlives its run's deadline by so much (s): the end has that long to free the unit in order. */
export const LEASE_GRACE_S = 300;

const ATTEMPTS = 10;

/** What is to be written of a held unit, and how it is told. */
interface Act {
  readonly kind: Entry['kind'];
  readonly more?: object;
  readonly writes: Write[];
}

/** Does something to a unit that is held under this lease, as often as it takes. The unit as it was; undefined where it is not, or `act` leaves it as it is. */
const whileHeld = async (
  { resources, journal }: ReleaseDeps,
  { resourceId, executionId, step, fence }: Lease,
  actor: string,
  act: (unit: Resource) => Act | undefined,
): Promise<Resource | undefined> => {
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const unit = await resources.get(resourceId);
    const done = unit?.status === 'HELD' && unit.fence === fence ? act(unit) : undefined;
    if (!unit || !done) return undefined;
    const data = { resourceId, type: unit.type, step, fence, ...done.more };
    if ((await journal.commit(executionId, [{ kind: done.kind, actor, executionId, data }], done.writes)).ok) return unit;
  }
  return undefined;
};

const end = (deps: ReleaseDeps, lease: Lease, status: 'FREE' | 'UNKNOWN', actor: string): Promise<Resource | undefined> =>
  whileHeld(deps, lease, actor, (unit) => {
    if (status === 'UNKNOWN' && unit.leaseUntil !== lease.until) return undefined;
    return { kind: status === 'FREE' ? 'resource.released' : 'resource.unknown', writes: deps.resources.release(unit, lease, status) };
  });

/**
 * Ends one lease: the unit is FREE, or UNKNOWN where the lease lapsed (only the unit or CAD knows then).
 * A lease that is no longer the unit's is left alone: someone with a newer fence holds it. One that was renewed since it was read does not lapse.
 */
export const endLease =
  (deps: ReleaseDeps) =>
  async (lease: Lease, status: 'FREE' | 'UNKNOWN', actor: string): Promise<boolean> =>
    (await end(deps, lease, status, actor)) !== undefined;

/** The same lease for longer, under the same fence. False where it is no longer the unit's. */
export const renewLease =
  (deps: ReleaseDeps) =>
  async (lease: Lease, until: string, actor: string): Promise<boolean> => {
    const renewed = await whileHeld(deps, lease, actor, (unit) => {
      if (unit.holder !== lease.executionId) return undefined;
      return { kind: 'resource.renewed', more: { was: lease.until, until }, writes: deps.resources.keep(unit, lease, { ...lease, until }) };
    });
    return renewed !== undefined;
  };

/** Frees what an execution holds, or what some of its steps hold, and whoever waits for such units hears of it. Returns the units' ids. */
export const release =
  (deps: ReleaseDeps & Pick<FreedDeps, 'bus'>) =>
  async (executionId: string, actor: string, only: (lease: Lease) => boolean = () => true): Promise<string[]> => {
    const freed: Resource[] = [];
    for (const lease of (await deps.resources.heldBy(executionId)).filter(only)) {
      const unit = await end(deps, lease, 'FREE', actor);
      if (unit) freed.push(unit);
    }
    await tellOfFree(deps)(freed.map(({ type }) => type));
    return freed.map(({ id }) => id);
  };
