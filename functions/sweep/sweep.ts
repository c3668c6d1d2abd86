import type { Execution } from '../../shared/contracts/execution.ts';
import { begun } from '../../shared/domain/begin.ts';
import { endLease } from '../../shared/domain/release.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Clock, LogSink } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';

export interface SweepDeps {
  executions: ExecutionsStore;
  resources: ResourcesStore;
  journal: JournalStore;
  clock: Clock;
  log: LogSink;
  /** StartExecution by the frozen input; idempotent by name. */
  start: (execution: Execution) => Promise<void>;
  /** StopExecution; false where no such execution runs. */
  stop: (execution: Execution, error: string, cause: string) => Promise<boolean>;
  /** Puts an end on `finish`'s queue, as if the state machine had said it. */
  end: (executionId: string, status: 'TIMED_OUT' | 'ABORTED', cause: string) => Promise<void>;
}

const ACTOR = 'system/sweep';

/** A start that took longer than this was lost on the way; a deadline this far past was not enforced by the machine's own clock (ms). */
const START_GRACE_MS = 60_000;
const DEADLINE_GRACE_MS = 60_000;

export type Finding = 'never-started' | 'overdue' | undefined;

/** What is wrong with an execution that has not ended. Pure; `now` is ms. */
export const examine = (execution: Execution, now: number): Finding => {
  if (now > Date.parse(execution.deadline) + DEADLINE_GRACE_MS) return 'overdue';
  if (execution.status === 'PENDING' && now > Date.parse(execution.createdAt) + START_GRACE_MS) return 'never-started';
  return undefined;
};

/** The match that this execution's start was to settle, where it is still known. */
const matchOf = async ({ executions }: SweepDeps, { id, workflow, version, incidentId }: Execution) => {
  const eventKey = await executions.activeMatch(id);
  return eventKey === undefined ? undefined : { workflow, version, eventKey, incidentId, executionId: id };
};

const startLate = async (deps: SweepDeps, execution: Execution): Promise<void> => {
  await deps.start(execution);
  const match = await matchOf(deps, execution);
  if (match) await begun(deps)(match, ACTOR);
};

/** Past its deadline: stopped, and its end put before `finish`. One that never started is a match that failed. */
const endLate = async (deps: SweepDeps, execution: Execution): Promise<void> => {
  const match = execution.status === 'PENDING' ? await matchOf(deps, execution) : undefined;
  if (match) {
    const { workflow, version, eventKey, incidentId, executionId } = match;
    await deps.journal.commit(
      incidentId,
      [{ kind: 'match.failed', actor: ACTOR, incidentId, executionId, data: { workflow, version, eventKey } }],
      [deps.executions.settleMatch(eventKey, workflow, 'failed')],
    );
  }
  await deps.stop(execution, 'SWOE.Deadline', 'the deadline has passed');
  await deps.end(execution.id, 'TIMED_OUT', 'the deadline has passed');
};

const mend = (deps: SweepDeps, execution: Execution, finding: 'never-started' | 'overdue'): Promise<void> => {
  say(deps.log, 'warn', 'sweep.found', { executionId: execution.id, finding });
  return finding === 'overdue' ? endLate(deps, execution) : startLate(deps, execution);
};

/** Every minute: starts that were lost, deadlines that nobody enforced, leases that lapsed (the unit is then unknown, never free). One failure stops no other. */
export const sweep = (deps: SweepDeps) => async (): Promise<{ mended: number; lapsed: number }> => {
  const { executions, resources, clock, log } = deps;
  let [mended, lapsed] = [0, 0];
  for (const { id } of await executions.active()) {
    try {
      const execution = await executions.get(id);
      const finding = execution && examine(execution, clock.now());
      if (!finding) continue;
      await mend(deps, execution, finding);
      mended += 1;
    } catch (error) {
      say(log, 'error', 'sweep.found', { executionId: id, ...errorFields(error) });
    }
  }
  for (const lease of await resources.lapsed(iso(clock.now()))) {
    if (await endLease(deps)(lease, 'UNKNOWN', ACTOR)) lapsed += 1;
  }
  return { mended, lapsed };
};
