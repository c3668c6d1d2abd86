import type { StepRecord } from '../../shared/contracts/execution.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';

/** A step that is over, and was not done: called off, given up, or undone. */
const CALLED_OFF = new Set<StepRecord['status']>(['UNDONE', 'FAILED', 'TIMED_OUT', 'HELD']);

/**
 * An action that was called off was completed all the same, before its subsystem heard of it: where a machine may undo it, it is asked to,
 * each time that is told.
 */
export const undoLate = async (
  { bus }: { bus: OwnBus },
  { actionId, subsystem, action, executionId, undo, status }: StepRecord,
): Promise<void> => {
  if (undo !== 'auto' || !subsystem || subsystem === 'swoe' || !CALLED_OFF.has(status)) return;
  await bus.announce({
    type: 'action.cancelled',
    detail: { actionId, subsystem, action, executionId, undo: true, reason: `it was completed after its step had ended as ${status}` },
  });
};
