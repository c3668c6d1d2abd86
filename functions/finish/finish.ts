import type { Execution, Missing } from '../../shared/contracts/execution.ts';
import { abandon } from '../../shared/domain/abandon.ts';
import { leaveLine } from '../../shared/domain/allocation/stand.ts';
import { hourOf } from '../../shared/domain/figures.ts';
import { handUnits, heirOf } from '../../shared/domain/hand-over.ts';
import { countSilence, type OutcomeDeps } from '../../shared/domain/kernel/outcome.ts';
import { missingFrom } from '../../shared/domain/missing.ts';
import { release } from '../../shared/domain/release.ts';
import { undoPlan } from '../../shared/domain/undo-plan.ts';
import type { Deadlines } from '../../shared/lambda/deadlines.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import { ENDED, isOpen } from '../../shared/stores/executions.ts';
import type { KernelStore } from '../../shared/stores/kernel.ts';
import { type CompensateDeps, compensate, leftStanding } from './compensate.ts';
import { type Ended, KIND, summaryOf, tell } from './tell.ts';

export interface FinishDeps extends CompensateDeps {
  clock: Clock;
  deadline: Deadlines;
  kernel: OutcomeDeps['kernel'] & Pick<KernelStore, 'get' | 'forget' | 'isAwaited'>;
  /** How long a step of this workflow has (s). */
  withinOf: (workflow: string, step: string) => number | undefined;
  /** StopExecution; false where there is no such execution. */
  stop: (execution: Execution, error: string, cause: string) => Promise<boolean>;
}

const ACTOR = 'system/finish';
const ATTEMPTS = 20;

const LOST: Pick<Missing, 'error' | 'cause'> = { error: 'SWOE.Unrecorded', cause: 'the run went on without it, and nobody wrote down why' };

/** Steps that the run went on without, whose `miss` command never got through: they end here, and their subsystems hear of it. */
const abandonLost = async (deps: FinishDeps, execution: Execution): Promise<void> => {
  for (const record of await deps.executions.steps(execution.id)) {
    if (record.status !== 'DISPATCHED' && record.status !== 'HELD') continue;
    const { step, action } = record;
    const noted = execution.missing.find((missing) => missing.step === step);
    await abandon(deps, ACTOR)(execution, record, noted ?? { step, action, ...LOST });
  }
};

/** Open questions of a run that has ended are closed: nobody is asked about what is over. A review is about just that, and stays. */
const closeQuestions = async ({ executions, journal }: FinishDeps, { id: executionId, incidentId }: Execution): Promise<void> => {
  for (const asked of (await executions.approvalsOf(executionId)).filter((one) => isOpen(one) && one.kind !== 'review')) {
    const data = { step: asked.step, approvalId: asked.id, ask: asked.ask };
    await journal.commit(
      incidentId,
      [{ kind: 'approval.expired', actor: ACTOR, incidentId, executionId, data }],
      executions.close(asked, { token: undefined }),
    );
  }
};

/** Begins the end, once, so that no step begins behind the back of what undoes them; undefined where there is nothing to end. */
const beginEnd = async (deps: FinishDeps, executionId: string, status: Ended, cause: string): Promise<Execution | undefined> => {
  const { executions, journal, clock } = deps;
  for (;;) {
    const execution = await executions.get(executionId);
    if (!execution || ENDED.includes(execution.status)) return undefined;
    if (execution.ending) return execution;
    const { workflow, incidentId } = execution;
    await journal.commit(
      incidentId,
      [{ kind: 'workflow.ending', actor: ACTOR, incidentId, executionId, data: { workflow, status } }],
      [executions.beginEnd(executionId, { ending: iso(clock.now()), endingAs: status, cause })],
    );
  }
};

/** What a run did, and somebody else answers for, stands as it is. */
const leaveAll = async (deps: FinishDeps, { id }: Execution, who: string): Promise<void> => {
  for (const { step } of undoPlan(await deps.executions.steps(id))) await leftStanding(deps, step, who);
};

/** Nobody is recalled: the units go on under the run that took over, and what was done stands. False where none goes on that could. */
const handOn = async (deps: FinishDeps, execution: Execution): Promise<boolean> => {
  const heir = await heirOf(deps)(execution);
  if (!heir || !(await handUnits(deps, ACTOR)(execution.id, heir))) return false;
  await leaveAll(deps, execution, `${heir.id} took over and answers for it`);
  return true;
};

/** The run that took over, or the last of those that took over from one another, did its work to the end. */
const wasCarriedOut = async ({ executions }: FinishDeps, { supersededBy }: Execution): Promise<boolean> => {
  let last = supersededBy === undefined ? undefined : await executions.get(supersededBy);
  while (last?.supersededBy !== undefined) last = await executions.get(last.supersededBy);
  return last?.status === 'COMPLETED';
};

/** What was done for a run whose heir has completed stands, as the heir's own work does, and its units are free. */
const letStand = async (deps: FinishDeps, execution: Execution): Promise<void> => {
  await leaveAll(deps, execution, `${execution.supersededBy} took over and has completed`);
  await release(deps)(execution.id, ACTOR);
};

/** The match of a run that ends before it was noted as started: it failed, unless the run's machine came to its own end all the same. */
const closeMatch = async ({ executions, journal }: FinishDeps, execution: Execution, outcome: 'failed' | 'started'): Promise<void> => {
  const { id: executionId, workflow, version, incidentId, status, createdAt } = execution;
  const waited = status === 'QUEUED';
  const eventKey = status === 'PENDING' || waited ? await executions.activeMatch(executionId) : undefined;
  if (eventKey === undefined) return;
  const about = { actor: ACTOR, incidentId, executionId, data: { workflow, version, eventKey } };
  const data = { ...about.data, hour: hourOf(createdAt), ...(waited ? { queued: true } : {}) };
  await journal.commit(
    incidentId,
    [{ kind: `match.${outcome}`, ...about, data }, ...(outcome === 'started' ? [{ kind: 'workflow.started' as const, ...about }] : [])],
    [executions.settleMatch(eventKey, workflow, outcome, waited ? 'queued' : 'pending')],
  );
};

/** Whatever of a run waits for the engine waits no longer, and what it was counted in has room: who waits for that goes. */
const leaveQueue = async ({ kernel, journal, bus }: FinishDeps, { id, incidentId }: Execution): Promise<void> => {
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const { writes, freed } = await kernel.forget(id);
    if (writes.length === 0) return;
    // Rivals may have taken it out already; whatever is left is then looked at anew.
    if (!(await journal.commit(incidentId, [], writes)).ok) continue;
    if (await kernel.isAwaited(freed)) await bus.announce({ type: 'kernel.drain', detail: {} });
    return;
  }
  throw new Error(`What waits of ${id} changed ${ATTEMPTS} times while it was taken out; its end will be delivered again`);
};

/** An engine that stops looks whether this was the last of its runs. */
const tellEngine = async ({ kernel, bus }: FinishDeps): Promise<void> => {
  if ((await kernel.get()).state === 'STOPPING') await bus.announce({ type: 'kernel.drain', detail: {} });
};

/** A run that did not complete is its heir's to answer for, where it has one; else what a machine may undo is undone. */
const giveUp = async (deps: FinishDeps, execution: Execution, cause: string): Promise<void> => {
  if (execution.supersededBy && (await handOn(deps, execution))) return;
  if (await wasCarriedOut(deps, execution)) return letStand(deps, execution);
  await compensate(deps)(execution, cause);
};

/** What a run fails by may be that a subsystem did not answer in time; no step of its own says so. */
const countUnanswered = async (deps: FinishDeps, { id, workflow }: Execution): Promise<void> => {
  for (const record of await deps.executions.steps(id)) {
    const within = deps.withinOf(workflow, record.step);
    const isLate = within !== undefined && deps.clock.now() >= Date.parse(record.startedAt) + within * 1000;
    if (record.status === 'DISPATCHED' && isLate) await countSilence(deps, ACTOR)(record);
  }
};

/** What the end takes with it: what is undone, handed on or freed. */
const takeDown = async (deps: FinishDeps, execution: Execution, status: Ended, cause: string): Promise<void> => {
  if (status === 'COMPLETED') {
    await abandonLost(deps, execution);
    await release(deps)(execution.id, ACTOR);
  } else {
    if (status === 'FAILED') await countUnanswered(deps, execution);
    await giveUp(deps, execution, cause);
  }
  await closeQuestions(deps, execution);
  await leaveQueue(deps, execution);
  await leaveLine(deps)(execution.id, ACTOR, 'its run has ended');
};

export interface End {
  readonly status: Ended;
  readonly cause: string;
  /** The end was not the machine's own: it is stopped, under this error. */
  readonly stop?: string;
}

/**
 * The end of an execution, once: what a machine may undo is undone where it did not complete, what it still holds is freed
 * where it did, and its record says how it ended and what is missing. A run that lacks a step never reads as a plain COMPLETED.
 * Of two who would end it differently the one who began is heeded.
 */
export const finish =
  (deps: FinishDeps) =>
  async (executionId: string, wanted: End): Promise<void> => {
    const { executions, journal, clock } = deps;
    const execution = await beginEnd(deps, executionId, wanted.status, wanted.cause);
    if (!execution) return tell(deps)(executionId);
    const status = (execution.endingAs ?? wanted.status) as Ended;
    const cause = execution.cause ?? wanted.cause;
    const wasThere = !wanted.stop || (await deps.stop(execution, wanted.stop, cause));
    // A machine may have come to its end before anyone noted that it was started, or though its run was put back into the queue meanwhile.
    await closeMatch(deps, execution, wasThere ? 'started' : 'failed');
    await takeDown(deps, execution, status, cause);
    const { incidentId } = execution;
    const steps = await executions.steps(executionId);
    const missing = missingFrom(execution, steps);
    const ended: Execution = { ...execution, status, cause, missing, degraded: missing.length > 0 };
    await journal.commit(
      incidentId,
      [{ kind: KIND[status], actor: ACTOR, incidentId, executionId, data: { ...summaryOf(ended, steps) } }],
      executions.enter(executionId, status, {
        endedAt: iso(clock.now()),
        cause: cause || undefined,
        degraded: ended.degraded,
        missing,
        pausedAt: undefined,
      }),
    );
    await tell(deps)(executionId);
    await deps.deadline.clear(executionId);
    await tellEngine(deps);
  };
