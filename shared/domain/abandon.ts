import type { Execution, Missing, StepRecord } from '../contracts/execution.ts';
import type { OwnBus } from '../lambda/bus.ts';
import { iso } from '../lambda/ids.ts';
import type { Clock } from '../lambda/runtime.ts';
import type { ExecutionsStore } from '../stores/executions.ts';
import type { JournalStore } from '../stores/journal.ts';

export interface AbandonDeps {
  executions: ExecutionsStore;
  journal: JournalStore;
  bus: OwnBus;
  clock: Clock;
}

const TIMEOUTS = new Set(['States.Timeout', 'States.HeartbeatTimeout']);

/** Whether a step ended because nobody answered in time. */
export const isTimeout = (error: string): boolean => TIMEOUTS.has(error);

/**
 * The end of a step that the run goes on without, where nobody could write it down: a timeout has no code that runs. Its
 * subsystem is told to stop where a machine may undo the step; help that is late is still help, so a timeout recalls no officer, silences no
 * alert and opens no door. Does nothing, and returns false, where the step came to another end meanwhile.
 */
export const abandon =
  ({ executions, journal, bus, clock }: AbandonDeps, actor = 'system/step') =>
  async ({ id, incidentId, workflow }: Execution, record: StepRecord, { error, cause }: Missing): Promise<boolean> => {
    const { step, action, actionId, subsystem } = record;
    const status = isTimeout(error) ? 'TIMED_OUT' : 'FAILED';
    // Told before it is written down: a delivery that is cut off between the two says it once more, which harms nobody.
    if (record.status === 'DISPATCHED' && subsystem && record.undo === 'auto')
      await bus.announce({
        type: 'action.cancelled',
        detail: { actionId, subsystem, action, executionId: id, undo: false, reason: error },
      });
    const done = await journal.commit(
      incidentId,
      [{ kind: 'step.failed', actor, incidentId, executionId: id, data: { step, workflow, action, error, cause, status } }],
      [executions.enterStep(id, step, status, { error, cause, endedAt: iso(clock.now()) })],
    );
    return done.ok;
  };
