import type { Execution } from '../../contracts/execution.ts';
import type { Entry } from '../../contracts/journal.ts';
import type { Resource } from '../../contracts/resource.ts';
import type { AllocatedUnit, AllocationRequest, ResourcePreempted } from '../../contracts/resource-allocation.ts';
import type { Lease, ResourcesStore } from '../../stores/resources.ts';
import type { Write } from '../../stores/table.ts';
import type { Choice } from './choose.ts';
import type { Held } from './held.ts';
import { leaseOf } from './preempt.ts';

export const given = ({ id, type }: Resource, fence: number, distanceM: number, etaS: number | undefined): AllocatedUnit => ({
  id,
  type,
  fence,
  distanceM,
  ...(etaS === undefined ? {} : { etaS }),
});

/** Everything that one claim writes, and what it says: free units, units at hand that change their step, and units taken from others. */
export interface Bundle {
  claimed: AllocatedUnit[];
  handed: AllocatedUnit[];
  taken: AllocatedUnit[];
  displaced: ResourcePreempted[];
  writes: Write[];
}

interface About {
  want: AllocationRequest;
  until: string;
  at: string;
}

const leaseFor = ({ want: { executionId, step, priority }, until }: About, unit: Resource): Lease => ({
  resourceId: unit.id,
  executionId,
  step,
  fence: unit.fence + 1,
  until,
  priority,
});

const told = ({ want, at }: About, unit: Resource, was: Lease): ResourcePreempted => ({
  executionId: was.executionId,
  step: was.step,
  resourceId: unit.id,
  type: unit.type,
  fence: was.fence,
  priority: was.priority,
  by: { executionId: want.executionId, priority: want.priority },
  at,
});

/** One bundle as it is to be written: all of it or nothing. Pure but for the store's own shapes. */
export const bundle = (resources: ResourcesStore, about: About, picks: readonly Choice[], atHand: readonly Held[]): Bundle => {
  const made: Bundle = { claimed: [], handed: [], taken: [], displaced: [], writes: [] };
  for (const { unit, distanceM, etaS } of picks) {
    const own = atHand.find((held) => held.unit.id === unit.id);
    const was = own ? undefined : leaseOf(unit);
    const next = leaseFor(about, unit);
    if (own) {
      made.handed.push(given(own.unit, own.lease.fence, distanceM, etaS));
      made.writes.push(
        ...resources.keep(own.unit, own.lease, { ...own.lease, step: next.step, until: next.until, priority: next.priority }),
      );
    } else if (was) {
      const displaced = told(about, unit, was);
      made.taken.push(given(unit, next.fence, distanceM, etaS));
      made.displaced.push(displaced);
      made.writes.push(...resources.rehold(unit, was, next, about.at), resources.displace(displaced));
    } else {
      made.claimed.push(given(unit, next.fence, distanceM, etaS));
      made.writes.push(...resources.claim(unit, next, about.at));
    }
  }
  return made;
};

/** What is written down of a unit that was taken: from whom, for whom, and the two fences. */
export const preempted = (one: ResourcePreempted, until: string, to: Pick<Execution, 'id' | 'incidentId'>, actor: string): Entry => ({
  kind: 'resource.preempted',
  actor,
  incidentId: to.incidentId,
  executionId: to.id,
  data: {
    resourceId: one.resourceId,
    type: one.type,
    from: one.executionId,
    step: one.step,
    to: to.id,
    was: one.fence,
    fence: one.fence + 1,
    until,
    why: `${one.by.priority} goes before ${one.priority}`,
  },
});
