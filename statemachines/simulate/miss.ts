import type { Missing } from '../../shared/contracts/execution.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Miss } from './commands.ts';
import { put, type Run } from './run.ts';

const TIMEOUTS = new Set(['States.Timeout', 'States.HeartbeatTimeout']);

/** A question that is still open when its clock has run out: from now on an answer would find it gone. */
const expire = ({ approvals, tale }: Run, name: string): void => {
  const asked = approvals.findLast(({ step }) => step === name);
  if (asked?.answer === 'silent') tale.tell({ kind: 'approval.expired', step: name, who: asked.ask });
};

/** The end of a step that nobody could write down: its clock ran out, or a person left it held. Its subsystem is told to stop. */
const abandon = (run: Run, { step, action, error, cause }: Missing): void => {
  const record = run.records.get(step);
  if (record?.status !== 'DISPATCHED' && record?.status !== 'HELD') return;
  put(run, record, { status: TIMEOUTS.has(error) ? 'TIMED_OUT' : 'FAILED', error, cause, endedAt: iso(run.clock.now()) });
  run.tale.tell({ kind: 'step.failed', step, action, error, ...(cause ? { note: cause } : {}) });
  if (record.status !== 'DISPATCHED' || record.subsystem === 'swoe') return;
  run.counts.events += 1;
  run.tale.tell({ kind: 'action.cancelled', step, action, ...(record.subsystem ? { who: record.subsystem } : {}) });
};

/** The run goes on without a step and says so. What a machine may undo of it is undone for it alone: its units are given back. */
export const miss =
  (run: Run) =>
  ({ step, action, undo, error }: Miss): void => {
    const missing: Missing = { step, action, error: error.Error ?? 'Unknown', cause: (error.Cause ?? '').slice(0, 500) };
    expire(run, step);
    const { execution, fleet, tale } = run;
    if (!execution.missing.some((one) => one.step === step)) {
      run.execution = { ...execution, degraded: true, missing: [...execution.missing, missing] };
      tale.tell({ kind: 'step.missed', step, action, error: missing.error, ...(missing.cause ? { note: missing.cause } : {}) });
    }
    abandon(run, missing);
    if (run.records.has(step) && undo !== 'auto') return;
    const units = fleet.release((holder) => holder === step);
    if (units.length > 0) tale.tell({ kind: 'resource.released', step, action, units });
  };
