import type { AllocatedUnit } from '../../shared/contracts/resource.ts';
import type { AllocationPriority, Priority } from '../../shared/contracts/vocabulary.ts';
import { LEASE_GRACE_S } from '../../shared/domain/release.ts';
import { type AllocateDeps, allocate } from './allocate.ts';
import type { Attempt, RecordDeps } from './record.ts';

const ALLOCATION: Record<Priority, AllocationPriority> = {
  CRITICAL: 'EMERGENCY',
  HIGH: 'HIGH',
  MEDIUM: 'NORMAL',
  LOW: 'LOW',
  INFO: 'LOW',
};

/** The nearest free units for the step's needs, or why there are none; undefined where the run no longer goes on. */
export const unitsFor =
  (deps: RecordDeps & AllocateDeps) =>
  async ({ execution, record, command: { step } }: Attempt): Promise<{ units: AllocatedUnit[]; short?: string } | undefined> => {
    if (Object.keys(step.needs).length === 0) return { units: [] };
    const { location, priority = execution.priority } = record;
    if (!location) return { units: [], short: 'the place is not known, so no unit can be the nearest' };
    const leaseS = Math.max(60, (Date.parse(execution.deadline) - deps.clock.now()) / 1000 + LEASE_GRACE_S);
    const want = {
      executionId: execution.id,
      step: step.name,
      needs: step.needs,
      location,
      priority: ALLOCATION[priority],
      leaseS,
    };
    const allocation = await allocate(deps)(want, execution.incidentId, deps.executions.goesOn(execution));
    if (!allocation) return undefined;
    if (allocation.outcome === 'allocated') return { units: allocation.units };
    const short = Object.entries(allocation.short).map(([type, count]) => `${count} ${type}`);
    return { units: [], short: `not enough free units within reach: ${short.join(', ')} short` };
  };
