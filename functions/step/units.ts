import type { AllocatedUnit } from '../../shared/contracts/resource-allocation.ts';
import type { Needs } from '../../shared/contracts/workflow.ts';
import { type AllocateDeps, allocate } from '../../shared/domain/allocation/allocate.ts';
import { inWords } from '../../shared/domain/allocation/counts.ts';
import { wantOf } from '../../shared/domain/allocation/want.ts';
import type { Attempt, RecordDeps } from './record.ts';

/** The nearest free units for the step's needs, or why there are none, and how many of each type are lacking; undefined where the run no longer goes on. */
export const unitsFor =
  (deps: RecordDeps & AllocateDeps) =>
  async ({
    execution,
    record,
    command: { step },
  }: Attempt): Promise<{ units: AllocatedUnit[]; short?: string; lacking?: Needs } | undefined> => {
    if (Object.keys(step.needs).length === 0) return { units: [] };
    const { location, priority } = record;
    if (!location) return { units: [], short: 'the place is not known, so no unit can be the nearest' };
    const want = wantOf(execution, step, { location, priority }, deps.clock.now());
    const { incidentId } = execution;
    const allocation = await allocate(deps)(want, { incidentId, actor: 'system/step', goesOn: deps.executions.goesOn(execution) });
    if (!allocation) return undefined;
    if (allocation.outcome === 'allocated') return { units: allocation.units };
    return {
      units: [],
      lacking: allocation.short,
      short: `not enough free units within reach: ${inWords(allocation.short, step.requires)} short`,
    };
  };
