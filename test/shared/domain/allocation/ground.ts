import type { Execution } from '../../../../shared/contracts/execution.ts';
import type { Resource } from '../../../../shared/contracts/resource.ts';
import type { AllocationRequest } from '../../../../shared/contracts/resource-allocation.ts';
import { allocate } from '../../../../shared/domain/allocation/allocate.ts';
import { ownBus } from '../../../../shared/lambda/bus.ts';
import { dynamoDb } from '../../../../shared/lambda/clients.ts';
import type { Runtime } from '../../../../shared/lambda/runtime.ts';
import { journalStore } from '../../../../shared/stores/journal.ts';
import { resourcesStore } from '../../../../shared/stores/resources.ts';
import { type Rooms, rooms } from '../../../support/rooms.ts';
import { execution, PLACE, stage } from '../../../support/scene.ts';

export const NOW = Date.UTC(2026, 10, 22, 17);

/** A run of gunfire-response on `incidentId`, as allocations name it. */
export const run = (incidentId: string): string => `gunfire-response-${incidentId}`;

export const request = (
  incidentId: string,
  needs: AllocationRequest['needs'],
  more: Partial<AllocationRequest> = {},
): AllocationRequest => ({
  executionId: run(incidentId),
  step: 'sendPatrols',
  needs,
  location: PLACE,
  priority: 'NORMAL',
  leaseS: 600,
  ...more,
});

/** Stores with a fleet, and allocation on them. Without runs nobody's going on is asked after. */
export const staged = async (fleet: Resource[], executions: Execution[] = [], chance: Parameters<typeof rooms>[0] = {}) => {
  const ground: Rooms = rooms(chance);
  await ground.settle(stage(ground, { fleet, executions: executions.length > 0 ? executions : [execution('I1')] }));
  const { stores } = ground;
  const calls: string[] = [];
  const runtime: Runtime = {
    ...ground.runtime,
    aws: (service, operation, input) => {
      calls.push(operation);
      return ground.runtime.aws?.(service, operation, input) ?? Promise.resolve({});
    },
  };
  const client = dynamoDb(runtime);
  const resources = resourcesStore(client, 'resources');
  return {
    ...ground,
    /** How many calls of an operation are made from now on. */
    counted: (operation: string) => {
      const before = calls.length;
      return () => calls.slice(before).filter((one) => one === operation).length;
    },
    /** As an instance of its own does it, whose calls interleave with those of others where they are shuffled. */
    claim: (want: AllocationRequest, incidentId = want.executionId.slice('gunfire-response-'.length)) => {
      const journal = journalStore({ client, name: 'journal', runtime });
      return allocate({ resources, journal, bus: ownBus(runtime), clock: runtime.clock })(want, { incidentId, actor: 'system/test' });
    },
    /** A unit says what it is at; false where it was written meanwhile by somebody else than whoever read it. */
    says: async (was: Resource | undefined, more: Partial<Resource>): Promise<boolean> => {
      if (!was) throw new Error('There is no such unit');
      const journal = journalStore({ client, name: 'journal', runtime });
      return (await journal.commit(was.id, [], resources.update(was, { ...was, ...more }))).ok;
    },
    holders: async () => Object.fromEntries((await stores.resources.many(fleet.map(({ id }) => id))).map(({ id, holder }) => [id, holder])),
  };
};
