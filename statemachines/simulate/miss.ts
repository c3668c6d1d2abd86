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
  if (record.status !== 'DISPATCHED' || record.subsystem === 'swoe' || record.undo !== 'auto') return;
  run.counts.events += 1;
  run.tale.tell({ kind: 'action.cancelled', step, action, ...(record.subsystem ? { who: record.subsystem } : {}) });
};

/** Adds to what is missing, once per step and round; of several rounds the last one stands. */
const note = (run: Run, missing: Missing): void => {
  const { execution, tale } = run;
  const known = execution.missing.find(({ step }) => step === missing.step);
  if (known && (known.round ?? 0) >= (missing.round ?? 0)) return;
  run.execution = { ...execution, degraded: true, missing: [...execution.missing.filter((one) => one !== known), missing] };
  const { step, action, error, cause } = missing;
  tale.tell({ kind: 'step.missed', step, action, error, ...(cause ? { note: cause } : {}) });
};

/** The run goes on without a step and says so. What a machine may undo of it is undone for it alone: its units are given back. */
export const miss =
  (run: Run) =>
  ({ step, round, action, undo, error }: Miss): void => {
    const said = { error: error.Error ?? 'Unknown', cause: (error.Cause ?? '').slice(0, 500) };
    const missing: Missing = { step, action, ...said, ...(round > 0 ? { round } : {}) };
    expire(run, step);
    note(run, missing);
    abandon(run, missing);
    if (run.records.has(step) && undo !== 'auto') return;
    const units = run.fleet.release((unit) => unit.step === step);
    if (units.length > 0) run.tale.tell({ kind: 'resource.released', step, action, units });
  };
