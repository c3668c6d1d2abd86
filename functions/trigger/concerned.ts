import type { EventCorrected } from '../../shared/contracts/correction.ts';
import type { Execution } from '../../shared/contracts/execution.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { IncidentsStore } from '../../shared/stores/incidents.ts';

export interface ConcernedDeps {
  executions: ExecutionsStore;
  incidents: Pick<IncidentsStore, 'standing'>;
  clock: Clock;
}

/** Whoever was told within this (ms) may still act on it. */
const STILL_ACTING_MS = 24 * 3600_000;

/** An incident under every name that a run of it may have been started under. */
const namesOf = async ({ incidents }: ConcernedDeps, id: string): Promise<string[]> => {
  const standing = await incidents.standing(id);
  return standing ? [id, standing.incident.id, ...standing.absorbed] : [id];
};

/** A run and those that it took up again: they asked too. */
const withForerunners = async ({ executions }: ConcernedDeps, run: Execution): Promise<Execution[]> => {
  const line = [run];
  for (let { redriveOf } = run; redriveOf; ) {
    const before = await executions.get(redriveOf);
    if (before) line.push(before);
    redriveOf = before?.redriveOf;
  }
  return line;
};

/** Every run on the incidents that the corrected event belongs to, or did: those that go on, and those that ended within a day. */
export const concerned =
  (deps: ConcernedDeps) =>
  async ({ incidents, event }: EventCorrected): Promise<Execution[]> => {
    const ids = (await Promise.all([...incidents, event.incidentId].map((id) => namesOf(deps, id)))).flat();
    const newest = await deps.executions.runsOn([...new Set(ids)]);
    const runs = (await Promise.all(newest.map((run) => withForerunners(deps, run)))).flat();
    const since = iso(deps.clock.now() - STILL_ACTING_MS);
    const unique = [...new Map(runs.map((run) => [run.id, run])).values()];
    return unique.filter(({ endedAt }) => endedAt === undefined || endedAt > since);
  };
