import type { Undo } from '../../shared/contracts/workflow.ts';
import { ANY, calling, goTo, leave, type Next, retryInvocation, SAME_INPUT, type State } from './asl.ts';

export interface Missed {
  readonly step: string;
  /** JSONata for the round it stands in; absent outside a repeat. */
  readonly round?: string;
  readonly action: string;
  readonly undo: Undo;
  readonly error: string;
}

export const missedName = (step: string): string => `${step}.missed`;

/**
 * Writes down that a step did not do its part, then goes on. Where even that cannot be written the run goes on as well:
 * a record that fails must not end a branch, for that would recall everybody in its siblings.
 */
export const missed = (command: Missed, next: Next): Record<string, State> => {
  const name = missedName(command.step);
  const [onward, leaving] = leave(next, `${command.step}.unrecorded`);
  const state: State = {
    ...calling('${StepFunction}', { op: 'miss', ...command }),
    // Noting it twice is safe, so any failure of the function is tried again; only its silence is not waited for.
    Retry: [{ ...retryInvocation(6), ErrorEquals: ['States.TaskFailed'] }],
    Catch: [{ ErrorEquals: ANY, Output: SAME_INPUT, Next: onward }],
    Output: SAME_INPUT,
    ...goTo(next),
  };
  return { [name]: state, ...leaving };
};
