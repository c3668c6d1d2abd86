import type { Execution, Missing, StepCommand, StepRecord } from '../../shared/contracts/execution.ts';
import { abandon, isTimeout } from '../../shared/domain/abandon.ts';
import { leaveLine } from '../../shared/domain/allocation/stand.ts';
import { countSilence } from '../../shared/domain/kernel/outcome.ts';
import { release } from '../../shared/domain/release.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { ResourcesStore } from '../../shared/stores/resources.ts';
import { type RecordDeps, stepEntry } from './record.ts';

type Miss = Extract<StepCommand, { op: 'miss' }>;

export interface MissDeps extends RecordDeps {
  resources: ResourcesStore;
  bus: OwnBus;
}

const ATTEMPTS = 20;

/** A question that nobody answered in time is closed, so that a late answer finds it gone. */
const expire = async ({ executions, journal }: RecordDeps, execution: Execution, { step, round }: Miss): Promise<void> => {
  const asked = await executions.asked(execution.id, step);
  if (!asked || asked.answer || asked.round > round) return;
  const { id: approvalId, ask } = asked;
  await journal.commit(
    execution.incidentId,
    [stepEntry('approval.expired', execution, step, { approvalId, ask })],
    executions.close(asked, { token: undefined }),
  );
};

/** Adds to what is missing from the run, once per step and round; of several rounds the last one stands. */
const note = async ({ executions, journal }: RecordDeps, executionId: string, missing: Missing): Promise<void> => {
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const execution = await executions.get(executionId);
    if (!execution) return;
    const known = execution.missing.find(({ step }) => step === missing.step);
    if (known && (known.round ?? 0) >= (missing.round ?? 0)) return;
    const now = [...execution.missing.filter((one) => one !== known), missing];
    const entry = stepEntry('step.missed', execution, missing.step, { ...missing });
    const done = await journal.commit(execution.incidentId, [entry], [executions.miss(execution, now)]);
    if (done.ok) return;
  }
  throw new Error(`Execution ${executionId} changed ${ATTEMPTS} times while a missing step was noted`);
};

/** The step ends; where its subsystem was asked and did not answer in time, that counts against it. */
const close = async (deps: MissDeps, execution: Execution, record: StepRecord, missing: Missing): Promise<void> => {
  const done = await abandon(deps)(execution, record, missing);
  if (done && record.status === 'DISPATCHED' && isTimeout(missing.error)) await countSilence(deps, 'system/step')(record);
};

/**
 * The run goes on without this step and says so. What a machine may undo, it undoes for this step alone (its units are
 * freed); nothing else is touched: a failed drone never recalls officers.
 */
export const miss =
  (deps: MissDeps) =>
  async (command: Miss): Promise<void> => {
    const { executionId, step, round, action, undo, error } = command;
    const execution = await deps.executions.get(executionId);
    if (!execution) throw new Error(`Execution ${executionId} is not stored`);
    const said = { error: error.Error ?? 'Unknown', cause: (error.Cause ?? '').slice(0, 500) };
    const missing: Missing = { step, action, ...said, ...(round > 0 ? { round } : {}) };
    await expire(deps, execution, command);
    // Once it is noted the step can no longer be dispatched, so what is read now is what there is to close.
    await note(deps, executionId, missing);
    await leaveLine(deps)(executionId, 'system/step', said.error, step);
    const record = await deps.executions.step(executionId, step);
    // A later round is under way: this one was written down before.
    if (record && record.round > round) return;
    if (record) await close(deps, execution, record, missing);
    // What was claimed for a step that was never dispatched went nowhere.
    const done = (await deps.executions.step(executionId, step))?.status === 'COMPLETED';
    if (!record || (undo === 'auto' && !done)) await release(deps)(executionId, 'system/step', (lease) => lease.step === step);
  };
