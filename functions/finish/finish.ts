import type { Execution, Missing } from '../../shared/contracts/execution.ts';
import type { JournalKind } from '../../shared/contracts/journal.ts';
import type { WorkflowStatus } from '../../shared/contracts/vocabulary.ts';
import { abandon } from '../../shared/domain/abandon.ts';
import { missingFrom } from '../../shared/domain/missing.ts';
import { release } from '../../shared/domain/release.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import { ENDED } from '../../shared/stores/executions.ts';
import { type CompensateDeps, compensate } from './compensate.ts';

export interface FinishDeps extends CompensateDeps {
  clock: Clock;
}

export type Ended = Extract<WorkflowStatus, 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TIMEOUT'>;

/** What the journal, and the bus, call each end. */
const KIND: Record<Ended, JournalKind> = {
  COMPLETED: 'workflow.completed',
  FAILED: 'workflow.failed',
  CANCELLED: 'workflow.cancelled',
  TIMEOUT: 'workflow.timed-out',
};

const LOST: Pick<Missing, 'error' | 'cause'> = { error: 'SWOE.Unrecorded', cause: 'the run went on without it, and nobody wrote down why' };

/** Steps that the run went on without, whose `miss` command never got through: they end here, and their subsystems hear of it. */
const abandonLost = async (deps: FinishDeps, execution: Execution): Promise<void> => {
  for (const record of await deps.executions.steps(execution.id)) {
    if (record.status !== 'DISPATCHED' && record.status !== 'HELD') continue;
    const { step, action } = record;
    const noted = execution.missing.find((missing) => missing.step === step);
    await abandon(deps, 'system/finish')(execution, record, noted ?? { step, action, ...LOST });
  }
};

/** Open questions of a run that has ended are closed: nobody is asked about what is over. */
const closeQuestions = async ({ executions, journal }: FinishDeps, execution: Execution): Promise<void> => {
  for (const asked of await executions.openApprovals()) {
    if (asked.executionId !== execution.id) continue;
    await journal.commit(
      execution.incidentId,
      [
        {
          kind: 'approval.expired',
          actor: 'system/finish',
          incidentId: execution.incidentId,
          executionId: execution.id,
          data: { step: asked.step, approvalId: asked.id, ask: asked.ask },
        },
      ],
      executions.close(asked, { token: undefined }),
    );
  }
};

/** Begins the end, once, so that no step begins behind the back of what undoes them; undefined where there is nothing to end. */
const beginEnd = async ({ executions, journal, clock }: FinishDeps, executionId: string, status: Ended): Promise<Execution | undefined> => {
  for (;;) {
    const execution = await executions.get(executionId);
    if (!execution || ENDED.includes(execution.status)) return undefined;
    if (execution.ending) return execution;
    const { workflow, incidentId } = execution;
    await journal.commit(
      incidentId,
      [{ kind: 'workflow.ending', actor: 'system/finish', incidentId, executionId, data: { workflow, status } }],
      [executions.beginEnd(executionId, iso(clock.now()))],
    );
  }
};

/**
 * The end of an execution, once: what a machine may undo is undone where it did not complete, what it still holds is freed
 * where it did, and its record says how it ended and what is missing. A run that lacks a step never reads as a plain COMPLETED.
 */
export const finish =
  (deps: FinishDeps) =>
  async (executionId: string, status: Ended, cause: string): Promise<void> => {
    const execution = await beginEnd(deps, executionId, status);
    if (!execution) return;
    if (status === 'COMPLETED') {
      await abandonLost(deps, execution);
      await release(deps)(executionId, 'system/finish');
    } else await compensate(deps)(execution, cause);
    await closeQuestions(deps, execution);
    const { workflow, incidentId } = execution;
    const missing = missingFrom(execution, await deps.executions.steps(executionId));
    const degraded = missing.length > 0;
    const summary = { workflow, status, degraded, missing, cause };
    const done = await deps.journal.commit(
      incidentId,
      [{ kind: KIND[status], actor: 'system/finish', incidentId, executionId, data: summary }],
      deps.executions.enter(executionId, status, { endedAt: iso(deps.clock.now()), cause: cause || undefined, degraded, missing }),
    );
    if (done.ok) await deps.bus.announce({ type: KIND[status], detail: { executionId, incidentId, ...summary } });
  };
