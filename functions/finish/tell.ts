import type { Execution, Missing, StepRecord } from '../../shared/contracts/execution.ts';
import type { JournalKind } from '../../shared/contracts/journal.ts';
import { type ActionType, ActionType as ActionTypes, type WorkflowStatus } from '../../shared/contracts/vocabulary.ts';
import { stepOutput } from '../../shared/domain/said.ts';
import { undoPlan } from '../../shared/domain/undo-plan.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';

export type Ended = Extract<WorkflowStatus, 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TIMEOUT'>;

/** What the journal, and the bus, call each end. */
export const KIND: Record<Ended, JournalKind> = {
  COMPLETED: 'workflow.completed',
  FAILED: 'workflow.failed',
  CANCELLED: 'workflow.cancelled',
  TIMEOUT: 'workflow.timed-out',
};

/** What of a run that did not complete still stands, and whose it is to undo. Pure. */
export const standing = (
  status: WorkflowStatus,
  steps: readonly StepRecord[],
): Pick<StepRecord, 'step' | 'action' | 'undo' | 'subsystem'>[] =>
  status === 'COMPLETED' ? [] : undoPlan(steps).map(({ step: { step, action, undo, subsystem } }) => ({ step, action, undo, subsystem }));

const isAction = (action: string): action is ActionType => ActionTypes.safeParse(action).success;

/** What each completed step's reply said, as far as the vocabulary declares it. */
const saidBy = (steps: readonly StepRecord[]): Record<string, object> =>
  Object.fromEntries(
    steps.flatMap(({ step, action, actionId, status, result }) => {
      if (status !== 'COMPLETED' || !isAction(action)) return [];
      const { said } = stepOutput(vocabulary[action].reply, actionId, result);
      return Object.keys(said).length > 0 ? [[step, said]] : [];
    }),
  );

export interface Summary {
  workflow: string;
  status: WorkflowStatus;
  degraded: boolean;
  missing: Missing[];
  cause: string;
  notUndone: ReturnType<typeof standing>;
}

export const summaryOf = (execution: Execution, steps: readonly StepRecord[]): Summary => {
  const { workflow, status, degraded, missing, cause = '' } = execution;
  return { workflow, status, degraded, missing, cause, notUndone: standing(status, steps) };
};

interface TellDeps {
  executions: ExecutionsStore;
  journal: JournalStore;
  bus: OwnBus;
}

/** Tells the bus of an end that it has not been told of: workflows that follow wait for it. Told twice where a crash comes between. */
export const tell =
  ({ executions, journal, bus }: TellDeps) =>
  async (executionId: string): Promise<void> => {
    if (!(await executions.isUntold(executionId))) return;
    const execution = await executions.get(executionId);
    if (!execution) return;
    const steps = await executions.steps(executionId);
    const { incidentId, version, priority, supersededBy } = execution;
    const statuses = Object.fromEntries(steps.map(({ step, status }) => [step, status]));
    await bus.announce({
      type: KIND[execution.status as Ended],
      detail: {
        executionId,
        incidentId,
        version,
        priority,
        supersededBy,
        ...summaryOf(execution, steps),
        steps: statuses,
        said: saidBy(steps),
      },
    });
    await journal.commit(incidentId, [], [executions.told(executionId)]);
  };
