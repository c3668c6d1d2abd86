import type { Location } from '../../contracts/event.ts';
import type { Execution } from '../../contracts/execution.ts';
import type { AllocationRequest } from '../../contracts/resource-allocation.ts';
import type { Priority } from '../../contracts/vocabulary.ts';
import type { Step } from '../../contracts/workflow.ts';
import { LEASE_GRACE_S } from '../release.ts';
import { allocationPriority } from './priority.ts';

/** Nobody is claimed for less than this (s): what is asked for has to be got to. */
const SHORTEST_S = 60;

/** What a step of a run asks for, where it is sent and as urgent as that is; held as long as its run may last. `now` is ms. */
export const wantOf = (
  { id, deadline, priority }: Execution,
  { name, needs, requires, prefers }: Pick<Step, 'name' | 'needs' | 'requires' | 'prefers'>,
  to: { location: Location; priority?: Priority | undefined },
  now: number,
): AllocationRequest => ({
  executionId: id,
  step: name,
  needs,
  requires,
  prefers,
  location: to.location,
  priority: allocationPriority(to.priority ?? priority),
  leaseS: Math.max(SHORTEST_S, (Date.parse(deadline) - now) / 1000 + LEASE_GRACE_S),
});
