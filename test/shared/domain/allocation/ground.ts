import type { Execution } from '../../../../shared/contracts/execution.ts';
import type { Resource } from '../../../../shared/contracts/resource.ts';
import type { AllocationRequest } from '../../../../shared/contracts/resource-allocation.ts';
import { allocate } from '../../../../shared/domain/allocation/allocate.ts';
import { unitChange } from '../../../../shared/domain/allocation/unit-word.ts';
import { ownBus } from '../../../../shared/lambda/bus.ts';
import { dynamoDb } from '../../../../shared/lambda/clients.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
import type { Runtime } from '../../../../shared/lambda/runtime.ts';
import { journalStore } from '../../../../shared/stores/journal.ts';
import { resourcesStore } from '../../../../shared/stores/resources.ts';
import { noLending } from '../../../support/lending.ts';
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
  /** Whether the next transaction is the last thing that its process does, and whether one was. */
  let death: 'before' | 'after' | undefined;
  let died = false;
  const runtime: Runtime = {
    ...ground.runtime,
    aws: async (service, operation, input) => {
      calls.push(operation);
      const answer = (): Promise<object> => ground.runtime.aws?.(service, operation, input) ?? Promise.resolve({});
      if (death === undefined || operation !== 'TransactWriteItems') return answer();
      if (death === 'after') await answer();
      died = true;
      throw new Error('the process is gone');
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
    claim: (want: AllocationRequest, incidentId = want.executionId.replace(/^(gunfire-response-|incident\/)/, '')) => {
      const journal = journalStore({ client, name: 'journal', runtime });
      return allocate({ resources, journal, bus: ownBus(runtime), lending: noLending, clock: runtime.clock })(want, {
        incidentId,
        actor: 'system/test',
      });
    },
    /** What takes a place in the line and serves it, on the same clock. */
    lining: { ...stores, bus: ownBus(runtime), clock: runtime.clock },
    dieAt: (when: 'before' | 'after') => {
      death = when;
      died = false;
    },
    livesAgain: (): boolean => {
      death = undefined;
      return died;
    },
    /** A unit's own word on itself, by an event, under its present claim. */
    word: async (id: string, says: object) => {
      const was = await resources.get(id);
      if (!was) throw new Error(`There is no ${id}`);
      const data = { unit: { id, type: was.type, fence: was.fence, ...says } };
      // Two words of one moment are one word to whoever looks at the time.
      const occurredAt = iso(Math.max(runtime.clock.now(), Date.parse(was.locatedAt) + 1));
      const change = unitChange(
        { type: 'unit.status', source: 'dispatch', agency: was.agency, location: was.location, occurredAt, data },
        was,
      );
      if (!change.ok) throw new Error(change.reason);
      const done = await stores.journal.commit(id, [], resources.update(was, change.resource));
      if (!done.ok) throw new Error(`${id} changed meanwhile`);
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
