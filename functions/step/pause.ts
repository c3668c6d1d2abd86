import type { ApprovalRecord, StepCommand } from '../../shared/contracts/execution.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import { isOver } from '../../shared/stores/executions.ts';
import { type RecordDeps, stepEntry } from './record.ts';

type Hold = Extract<StepCommand, { op: 'hold' }>;

/** The cause by which a hold state knows that nobody is to be asked. */
export const PAUSED = 'The execution is paused; the step goes on when it is resumed.';

/** Whether a step is held because its run was paused, and for no other reason. */
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

/** The step waits with its token until somebody resumes the run; where that has happened meanwhile it goes back at once. */
export const waitForResume =
  (deps: RecordDeps & { tokens: Tokens }) =>
  async (command: Hold): Promise<void> => {
    const { executionId, step, round, token } = command;
    for (;;) {
      const execution = await deps.executions.get(executionId);
      if (!execution) throw new Error(`Execution ${executionId} is not stored`);
      if (isOver(execution, step.name, round)) return;
      if (execution.status !== 'PAUSED') {
        await deps.tokens.succeed(token, { resumed: true });
        return;
      }
      const done = await deps.journal.commit(
        execution.incidentId,
        [stepEntry('step.held', execution, step.name, { action: step.action, error: 'SWOE.Paused', cause: PAUSED })],
        deps.executions.waitForResume(execution, recordOf(command, deps.clock.now())),
      );
      if (done.ok) return;
    }
  };
