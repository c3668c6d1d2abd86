import type { ApprovalRecord, Execution, StepCommand } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Kernel } from '../../shared/contracts/kernel.ts';
import { mayDispatch } from '../../shared/domain/kernel/state.ts';
import { situationNow } from '../../shared/domain/situation-now.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import { isOver } from '../../shared/stores/executions.ts';
import { type RecordDeps, stepEntry } from './record.ts';

type Hold = Extract<StepCommand, { op: 'hold' }>;

/** The cause by which a hold state knows that nobody is to be asked. */
export const PAUSED = 'The execution is paused; the step goes on when it is resumed.';

/** The same where nobody paused this run: the engine dispatches nothing. */
export const HALTED = 'SWOE is paused; the step goes on, in its turn, when it is resumed.';

/** Whether a step is held because its run, or the engine, was paused, and for no other reason. */
export const isPaused = ({ error }: Pick<Hold, 'error'>): boolean => error.Error === 'SWOE.Paused';

const recordOf = ({ executionId, step, round, token, ask, within }: Hold, now: number): ApprovalRecord => ({
  id: `${executionId}~${step.name}~pause`,
  executionId,
  step: step.name,
  kind: 'pause',
  round,
  ask,
  voices: [],
  question: PAUSED,
  facts: {},
  releases: [],
  factsHash: '',
  askedAt: iso(now),
  expiresAt: iso(now + within * 1000),
  token,
});

const heldEntry = (execution: Execution, { step }: Hold, cause: string): Entry =>
  stepEntry('step.held', execution, step.name, { action: step.action, error: 'SWOE.Paused', cause });

/** It waits for whoever resumes this run. */
const waitForRun = ({ executions, journal, clock }: RecordDeps, execution: Execution, command: Hold) =>
  journal.commit(
    execution.incidentId,
    [heldEntry(execution, command, PAUSED)],
    executions.waitForResume(execution, recordOf(command, clock.now())),
  );

/** It waits in the engine's queue, on the condition that the engine and the run still stand as they were read. */
const waitForEngine = async ({ executions, journal, kernel, clock }: RecordDeps, execution: Execution, engine: Kernel, command: Hold) => {
  const { id: executionId, incidentId, workflow } = execution;
  const { priority } = situationNow(execution);
  const since = iso(clock.now());
  const waiting = {
    kind: 'step',
    executionId,
    incidentId,
    workflow,
    step: command.step.name,
    priority,
    since,
    token: command.token,
  } as const;
  const writes = [executions.goesOn(execution), kernel.stands(engine, incidentId), ...(await kernel.wait(waiting))];
  return journal.commit(incidentId, [heldEntry(execution, command, HALTED)], writes);
};

/** The step waits with its token until somebody resumes the run, or the engine; where that has happened meanwhile it goes back at once. */
export const waitForResume =
  (deps: RecordDeps & { tokens: Tokens }) =>
  async (command: Hold): Promise<void> => {
    const { executionId, step, round, token } = command;
    for (;;) {
      const [execution, engine] = await Promise.all([deps.executions.get(executionId), deps.kernel.get()]);
      if (!execution) throw new Error(`Execution ${executionId} is not stored`);
      if (isOver(execution, step.name, round)) return;
      if (execution.status !== 'PAUSED' && mayDispatch(engine)) {
        await deps.tokens.succeed(token, { resumed: true });
        return;
      }
      const waits = execution.status === 'PAUSED' ? waitForRun(deps, execution, command) : waitForEngine(deps, execution, engine, command);
      if ((await waits).ok) return;
    }
  };
