import type { StepRecord } from '../../shared/contracts/execution.ts';
import type { MomentKind, Sent, SimulatedStatus } from '../../shared/contracts/simulation.ts';
import { missingFrom } from '../../shared/domain/missing.ts';
import { undoPlan, WHO_MUST } from '../../shared/domain/undo-plan.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { put, type Run } from './run.ts';

export type Ended = Exclude<SimulatedStatus, 'REFUSED'>;

const KIND: Record<Ended, MomentKind> = {
  COMPLETED: 'workflow.completed',
  FAILED: 'workflow.failed',
  CANCELLED: 'workflow.cancelled',
  TIMEOUT: 'workflow.timed-out',
};

/** Who gives back a unit that the end of the run leaves where it is. */
const UNIT_OR_CAD = 'the unit or CAD';

const giveBack = ({ fleet, tale }: Run, isMeant: (unit: Sent) => boolean, step?: string): void => {
  const units = fleet.release(isMeant);
  if (units.length > 0) tale.tell({ kind: 'resource.released', ...(step === undefined ? {} : { step }), units });
};

const undo = (run: Run, record: StepRecord): void => {
  const { step, action, subsystem } = record;
  const { tale, undoing, counts } = run;
  counts.events += 1;
  tale.tell({ kind: 'action.cancelled', step, action, ...(subsystem ? { who: subsystem } : {}) });
  put(run, record, { status: 'UNDONE' });
  tale.tell({ kind: 'step.undone', step, action });
  undoing.push({ step, action, undone: true });
  giveBack(run, (unit) => unit.step === step, step);
};

/** What a machine may undo it would undo, newest first; for the rest the simulation names who must. */
const compensate = (run: Run): void => {
  for (const { step: record, undo: how } of undoPlan([...run.records.values()])) {
    if (how === 'auto') {
      undo(run, record);
      continue;
    }
    const { step, action } = record;
    const who = WHO_MUST[how];
    run.tale.tell({ kind: 'step.not-undone', step, action, who });
    run.undoing.push({ step, action, undone: false, who });
  }
  // Units claimed for a step that was never dispatched went nowhere.
  giveBack(run, ({ step }) => !run.records.has(step));
};

/** The end of the run, once: whoever comes first ends it. */
export const finish =
  (run: Run) =>
  (status: Ended, cause: string): void => {
    const { execution, tale, counts, fleet, clock } = run;
    if (execution.endedAt) return;
    if (status === 'CANCELLED') tale.tell({ kind: 'workflow.cancel-requested', who: 'a person' });
    tale.tell({ kind: 'workflow.ending', note: status });
    if (status === 'COMPLETED') giveBack(run, () => true);
    else compensate(run);
    fleet.leave(UNIT_OR_CAD);
    const missing = missingFrom(execution, [...run.records.values()]);
    run.execution = { ...execution, status, cause, missing, degraded: missing.length > 0, endedAt: iso(clock.now()) };
    counts.events += 1;
    tale.tell({ kind: KIND[status], ...(cause ? { note: cause } : {}) });
  };
