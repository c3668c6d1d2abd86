import type { Execution, StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import { release } from '../../shared/domain/release.ts';
import { undoPlan, whoMust } from '../../shared/domain/undo-plan.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';

export interface CompensateDeps {
  executions: ExecutionsStore;
  resources: ResourcesStore;
  journal: JournalStore;
  bus: OwnBus;
  log: LogSink;
}

const entry = (kind: Entry['kind'], execution: Execution, { step, action, actionId }: StepRecord, data: object): Entry => ({
  kind,
  actor: 'system/finish',
  incidentId: execution.incidentId,
  executionId: execution.id,
  data: { step, action, actionId, ...data },
});

const undo = async (deps: CompensateDeps, execution: Execution, step: StepRecord, reason: string): Promise<void> => {
  const { actionId, subsystem, action, status } = step;
  await deps.bus.announce({
    type: 'action.cancelled',
    detail: { actionId, subsystem, action, executionId: execution.id, undo: status === 'COMPLETED', reason },
  });
  await deps.journal.commit(
    execution.incidentId,
    [entry('step.undone', execution, step, { reason })],
    [deps.executions.enterStep(execution.id, step.step, 'UNDONE')],
  );
  await release(deps)(execution.id, 'system/finish', (lease) => lease.step === step.step);
};

/**
 * Undoes what a machine may undo, newest first, never stopping on one that failed, and says for the rest who must.
 * Idempotent: an undone step is not undone again, and a unit is freed only by the lease that holds it. Units of steps
 * that only a human may undo stay where they are: their lease ends by the unit's or CAD's word.
 */
export const compensate =
  (deps: CompensateDeps) =>
  async (execution: Execution, reason: string): Promise<void> => {
    const steps = await deps.executions.steps(execution.id);
    for (const { step, undo: how } of undoPlan(steps)) {
      if (how !== 'auto') {
        await deps.journal.commit(execution.incidentId, [entry('step.not-undone', execution, step, { undo: how, who: whoMust(how) })]);
        continue;
      }
      try {
        await undo(deps, execution, step, reason);
      } catch (error) {
        say(deps.log, 'error', 'undo.failed', { executionId: execution.id, step: step.step, ...errorFields(error) });
        await deps.journal.commit(execution.incidentId, [
          entry('step.not-undone', execution, step, { undo: how, who: 'the undo failed; a named person must undo it' }),
        ]);
      }
    }
    // Units claimed for a step that was never dispatched went nowhere.
    const begun = new Set(steps.map(({ step }) => step));
    await release(deps)(execution.id, 'system/finish', (lease) => !begun.has(lease.step));
  };
