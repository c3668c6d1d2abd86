import type { Resource } from '../../contracts/resource.ts';
import type { AllocationRequest } from '../../contracts/resource-allocation.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';
import type { Lease, ResourcesStore } from '../../stores/resources.ts';
import { TAKEN_OVER } from '../hand-over.ts';

/** A unit under its lease, as both stand. */
export interface Held {
  lease: Lease;
  unit: Resource;
}

/** What the run holds for `step`, unit by unit. */
export const heldFor = async (resources: Pick<ResourcesStore, 'many'>, leases: readonly Lease[], step: string): Promise<Held[]> => {
  const own = leases.filter((lease) => lease.step === step);
  const units = await resources.many(own.map(({ resourceId }) => resourceId));
  return units.flatMap((unit) => {
    const lease = own.find(({ resourceId }) => resourceId === unit.id);
    return lease ? [{ lease, unit }] : [];
  });
};

type Need = AllocationRequest['needs'];

/** What of the needs the step does not hold yet. A bundle is whole when it is claimed; one of its units may have been taken or lost since. */
const lacking = (needs: Need, held: readonly Held[]): Need =>
  Object.fromEntries(
    (Object.entries(needs) as [ResourceType, number][])
      .map(([type, count]) => [type, count - held.filter(({ unit }) => unit.type === type).length] as const)
      .filter(([, count]) => count > 0),
  );

/** How a request stands: what its step holds, what it needs beside that, and what its run has at hand. */
export const standingOf = async (
  resources: Pick<ResourcesStore, 'many' | 'heldBy'>,
  { executionId, step, needs }: Pick<AllocationRequest, 'executionId' | 'step' | 'needs'>,
): Promise<{ before: Held[]; needs: Need; atHand: Held[] }> => {
  const leases = await resources.heldBy(executionId);
  const before = await heldFor(resources, leases, step);
  return { before, needs: lacking(needs, before), atHand: await heldFor(resources, leases, TAKEN_OVER) };
};
