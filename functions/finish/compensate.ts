import type { Execution, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { TAKEN_OVER } from '../../shared/domain/hand-over.ts';
import { release } from '../../shared/domain/release.ts';
import { stands, undoPlan, WHO_MUST } from '../../shared/domain/undo-plan.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { Lease, ResourcesStore } from '../../shared/stores/resources.ts';

export interface CompensateDeps {
  executions: ExecutionsStore;
  resources: ResourcesStore;
  journal: JournalStore;
  bus: OwnBus;
  log: LogSink;
}

/** An entry about a step, under the run that did it: that may be one that was taken over. */
const entry = (kind: Entry['kind'], { step, action, actionId, executionId, incidentId }: StepRecord, data: object): Entry => ({
  kind,
  actor: 'system/finish',
  incidentId,
  executionId,
  data: { step, action, actionId, ...data },
});

/** What was not undone, and who must. */
export const leftStanding = async (
  { journal }: Pick<CompensateDeps, 'journal'>,
  step: StepRecord,
  who: string = WHO_MUST[step.undo],
): Promise<void> => {
  const { undo, subsystem, units } = step;
  await journal.commit(step.incidentId, [entry('step.not-undone', step, { undo, who, subsystem, units })]);
};

/** Whose step sent a unit that this run holds: its own, or that of the run it came from. */
const isOf =
  ({ executionId, step }: StepRecord) =>
  (lease: Lease): boolean =>
    lease.step === TAKEN_OVER
      ? lease.origin?.executionId === executionId && lease.origin.step === step
      : lease.executionId === executionId && lease.step === step;

const undo = async (deps: CompensateDeps, holder: Execution, step: StepRecord, reason: string): Promise<void> => {
  const { actionId, subsystem, action, status, executionId } = step;
  await deps.bus.announce({
    type: 'action.cancelled',
    detail: { actionId, subsystem, action, executionId, undo: status === 'COMPLETED', reason },
  });
  const done = await deps.journal.commit(step.incidentId, [entry('step.undone', step, { reason })], [deps.executions.undoStep(step)]);
  const now = done.ok ? undefined : await deps.executions.step(executionId, step.step);
  if (now?.status === 'COMPLETED' && status === 'DISPATCHED') return undo(deps, holder, now, reason);
  await release(deps)(holder.id, 'system/finish', isOf(step));
};

/** Steps of a run, and of all it took over from: they are its to answer for. */
const answeredFor = async (deps: CompensateDeps, { id, tookOver }: Execution): Promise<StepRecord[]> => {
  const before = await Promise.all(
    tookOver.map(async (from) => {
      const run = await deps.executions.get(from);
      return run ? answeredFor(deps, run) : [];
    }),
  );
  return [...(await deps.executions.steps(id)), ...before.flat()];
};

/**
 * Units stay with a step whose effect stands, and with one that failed at what only a person may undo: somebody may be on the way. Those that
 * SWOE itself holds, and those of a step that was called off to ask a person, went nowhere.
 */
const keepsUnits = (step: StepRecord): boolean =>
  step.subsystem !== 'swoe' && (stands(step) || (step.undo !== 'auto' && step.status !== 'HELD'));

/** Frees what no step keeps. */
const freeUnused = async (
  deps: CompensateDeps,
  { id }: Execution,
  steps: readonly StepRecord[],
  acted: readonly StepRecord[],
): Promise<void> => {
  const keeping = new Set(steps.filter((step) => step.executionId === id && keepsUnits(step)).map(({ step }) => step));
  const isUnused = (lease: Lease): boolean =>
    lease.step === TAKEN_OVER ? !acted.some((step) => isOf(step)(lease)) : !keeping.has(lease.step);
  await release(deps)(id, 'system/finish', isUnused);
};

/**
 * Undoes what a machine may undo, newest first, never stopping on one that failed, and says for the rest who must.
 * Idempotent: an undone step is not undone again, and a unit is freed only by the lease that holds it. Units of steps
 * that only a human may undo stay where they are: their lease ends by the unit's or CAD's word.
 */
export const compensate =
  (deps: CompensateDeps) =>
  async (execution: Execution, reason: string): Promise<void> => {
    const steps = await answeredFor(deps, execution);
    const planned = undoPlan(steps);
    for (const { step, undo: how } of planned) {
      if (how !== 'auto') {
        await leftStanding(deps, step);
        continue;
      }
      try {
        await undo(deps, execution, step, reason);
      } catch (error) {
        say(deps.log, 'error', 'undo.failed', { executionId: execution.id, step: step.step, ...errorFields(error) });
        await leftStanding(deps, step);
      }
    }
    await freeUnused(
      deps,
      execution,
      steps,
      planned.map(({ step }) => step),
    );
  };
