import type { StepCommand } from '../../shared/contracts/execution.ts';
import { type ServeDeps, serveOne, tellAnswers } from '../../shared/domain/allocation/serve.ts';
import { stand } from '../../shared/domain/allocation/stand.ts';
import { wantOf } from '../../shared/domain/allocation/want.ts';
import { situationNow } from '../../shared/domain/situation-now.ts';
import { isOver } from '../../shared/stores/executions.ts';

type Hold = Extract<StepCommand, { op: 'hold' }>;

export const WAITING = 'SWOE.Waiting';
const SHORT = 'SWOE.ResourcesShort';
const ACTOR = 'system/step';

/** Whether a step is held because it was short of units and says that it waits for them. */
export const isWaiting = ({ error }: Pick<Hold, 'error'>): boolean => error.Error === WAITING;

/**
 * The step takes a place in the line for units, with its token, and is served at once where a unit was freed since it looked: whoever freed it
 * may have found nobody there.
 */
export const waitForUnits =
  (deps: ServeDeps) =>
  async (command: Hold): Promise<void> => {
    const { executionId, step, round, token, within, error } = command;
    for (;;) {
      const execution = await deps.executions.get(executionId);
      if (!execution) throw new Error(`Execution ${executionId} is not stored`);
      if (isOver(execution, step.name, round)) return;
      const { location, priority } = situationNow(execution);
      const now = deps.clock.now();
      const waiter = location && {
        request: wantOf(execution, step, { location, priority }, now),
        incidentId: execution.incidentId,
        actor: ACTOR,
        token,
        until: now + within * 1000,
        short: step.needs,
        goesOn: deps.executions.isGoing(executionId),
      };
      const stands = waiter ? await stand(deps)(waiter) : 'full';
      if (stands === 'over') continue;
      if (stands === 'full')
        await deps.tokens.fail(token, SHORT, `${error.Cause ?? 'too few units'}, and too many wait for such units already`);
      else await serveOne(deps, ACTOR)(stands.waiter);
      return tellAnswers(deps);
    }
  };
