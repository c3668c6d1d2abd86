import type { Execution, StepCommand, StepRecord } from '../../shared/contracts/execution.ts';
import { isTimeout } from '../../shared/domain/abandon.ts';
import type { ServeDeps } from '../../shared/domain/allocation/serve.ts';
import { countSilence } from '../../shared/domain/kernel/outcome.ts';
import { questionOf } from '../../shared/domain/question.ts';
import { isWaiting, waitForUnits } from './line.ts';
import { type AskDeps, type Question, whileItGoesOn } from './open.ts';
import { isPaused, waitForResume } from './pause.ts';
import { stepEntry } from './record.ts';

type Ask = Extract<StepCommand, { op: 'ask' }>;
type Hold = Extract<StepCommand, { op: 'hold' }>;

/** The workflow asks a person, or two; silence is the state machine's own clock. */
export const ask =
  (deps: AskDeps) =>
  async (command: Ask): Promise<void> => {
    const { approval, ask: role, token, round, releases } = command;
    const { name: step, second, question, within } = approval;
    await whileItGoesOn(deps, command, step, async ({ input: { summary } }) => ({
      step,
      kind: 'approval',
      round,
      ask: role,
      second,
      question,
      releases,
      within,
      token,
      about: { summary },
    }));
  };

/** Whoever is at what a machine may undo is told to stop before a person is asked: a yes asks for it anew, under another id. */
const callOff = async ({ bus }: AskDeps, { id }: Execution, record: StepRecord, reason: string): Promise<void> => {
  const { actionId, subsystem, action, status, undo } = record;
  if (status !== 'DISPATCHED' || !subsystem || subsystem === 'swoe' || undo !== 'auto') return;
  await bus.announce({ type: 'action.cancelled', detail: { actionId, subsystem, action, executionId: id, undo: false, reason } });
};

/** The step waits, and its record says so. A delivery that was cut off after the call-off says it once more, which harms nobody. */
const markHeld = async (deps: AskDeps, execution: Execution, { step, error }: Hold, record: StepRecord): Promise<boolean> => {
  await callOff(deps, execution, record, error.Error ?? 'SWOE.Held');
  const done = await deps.journal.commit(
    execution.incidentId,
    [stepEntry('step.held', execution, step.name, { action: step.action, error: error.Error, cause: error.Cause })],
    [deps.executions.enterStep(execution.id, step.name, 'HELD'), deps.executions.goesOn(execution)],
  );
  if (done.ok && record.status === 'DISPATCHED' && isTimeout(error.Error ?? '')) await countSilence(deps, 'system/step')(record);
  return done.ok;
};

/** What a person is asked about a held step: about its warnings, or whether to try once more what failed. Each time it is held is a question of its own. */
const aboutHeld = ({ input: { summary } }: Execution, command: Hold, record: StepRecord | undefined): Question => {
  const { step, token, round, ask: role, within, error } = command;
  const held = error.Error === 'SWOE.Held' ? record?.held : undefined;
  const about = {
    summary,
    step: step.name,
    action: step.action,
    attempt: record?.attempt ?? -1,
    error: error.Error ?? null,
    warnings: held?.warnings.map(({ id }) => id) ?? [],
    voided: held?.voided ?? [],
  };
  return {
    step: step.name,
    kind: 'hold',
    round,
    ask: held?.ask ?? role,
    second: held?.second,
    question: questionOf(step, held, error.Cause ?? error.Error ?? 'no reason given'),
    releases: [{ step: step.name, action: step.action, with: record?.arguments ?? {} }],
    within,
    token,
    about,
  };
};

/** The step as it stands once it is held; it may have been done while it was being held. */
const standing = async (deps: AskDeps, execution: Execution, command: Hold): Promise<StepRecord | undefined> => {
  const read = () => deps.executions.step(execution.id, command.step.name);
  const record = await read();
  if (!record || record.status === 'HELD' || (record.status === 'COMPLETED' && record.round === command.round)) return record;
  return (await markHeld(deps, execution, command, record)) ? record : read();
};

/** A step that cannot go on by itself waits for a person: go on (try again) or leave it. What was done meanwhile goes on at once, and what was paused, or waits for units, waits for nobody's answer. */
export const hold =
  (deps: AskDeps & ServeDeps) =>
  async (command: Hold): Promise<void> => {
    if (isWaiting(command)) return waitForUnits(deps)(command);
    if (isPaused(command)) return waitForResume(deps)(command);
    return whileItGoesOn(deps, command, command.step.name, async (execution) => {
      const record = await standing(deps, execution, command);
      if (record?.status === 'COMPLETED' && record.round === command.round) {
        await deps.tokens.succeed(command.token, { answer: 'approve' });
        return undefined;
      }
      return aboutHeld(execution, command, record);
    });
  };
