import type { Execution } from '../../shared/contracts/execution.ts';
import { ENDED, type ExecutionsStore } from '../../shared/stores/executions.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface MergeDeps {
  executions: ExecutionsStore;
  incidents: IncidentsStore;
  /** StopExecution; its end reaches `finish`, which releases what it held. */
  stop: (executionId: string, cause: string) => Promise<void>;
}

/** Of several executions of one workflow on one incident, those that must give way: all but the oldest that still runs. */
export const givingWay = (executions: Execution[]): Execution[] =>
  executions
    .filter(({ status, ending }) => !ENDED.includes(status) && !ending)
    .sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1))
    .slice(1);

/** Where incidents became one, per workflow the oldest execution goes on and the others are stopped as "merged". */
export const merge =
  ({ executions, incidents, stop }: MergeDeps) =>
  async (workflows: readonly string[], into: string): Promise<void> => {
    const standing = await incidents.standing(into);
    if (!standing) return;
    const ids = [standing.incident.id, ...standing.absorbed];
    if (ids.length === 1) return;
    for (const workflow of workflows) {
      const found = await Promise.all((await executions.onIncidents(workflow, ids)).map(executions.get));
      for (const { id } of givingWay(found.filter((execution) => execution !== undefined))) await stop(id, 'merged');
    }
  };
