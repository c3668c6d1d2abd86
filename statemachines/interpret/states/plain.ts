import type { Active, Execution } from '../execution.ts';
import { wrongType } from '../expression.ts';
import { RUNTIME, StateFailure } from '../failure.ts';
import { exit, succeed } from '../flow.ts';
import { textOf } from '../template.ts';
import { filledOf, stringOf } from '../values.ts';

/** The states that take no time: Pass, Succeed, Fail and Choice. */

export const pass = (execution: Execution, active: Active): Promise<void> => succeed(execution, active);

export const success = (execution: Execution, active: Active): Promise<void> =>
  exit(execution, active, { outcome: active.state, otherwise: active.input });

export const failure = async (execution: Execution, active: Active): Promise<void> => {
  const error = await stringOf(execution, active, active.state.error);
  const cause = await stringOf(execution, active, active.state.cause);
  throw new StateFailure(error, cause);
};

/**
 * The first rule whose condition holds decides; without one, Default with the state's own Output and Assign. AWS keeps the name
 * States.NoChoiceMatched for later: a Choice without a way on is a runtime error.
 */
export const choice = async (execution: Execution, active: Active): Promise<void> => {
  const { state, input } = active;
  for (const rule of state.rules) {
    const holds = await filledOf(execution, active, rule.condition);
    if (typeof holds !== 'boolean') return wrongType(textOf(rule.condition), rule.condition.location, 'boolean', holds);
    if (holds) return exit(execution, active, { outcome: rule, next: rule.next, otherwise: input });
  }
  if (state.otherwise === undefined) {
    throw new StateFailure(RUNTIME, 'Failed to transition out of the state. The state does not point to a next state.');
  }
  return exit(execution, active, { outcome: state, next: state.otherwise, otherwise: input });
};
