import type { Data } from '../data.ts';
import type { Active, Execution, Frame } from '../execution.ts';
import { StateFailure } from '../failure.ts';
import { iterationBroken, iterationEnded } from './map.ts';
import { branchEnded } from './parallel.ts';

/** What a Parallel or Map does when one of the lines beneath it is over. */

/** A branch or iteration came to its end. */
export const lineEnded = async (execution: Execution, active: Active, line: Frame, output: Data): Promise<void> => {
  const { children, state } = active;
  if (!children) return;
  line.done = true;
  children.results[line.index] = output.value;
  children.open -= 1;
  return state.type === 'Map' ? iterationEnded(execution, active, line) : branchEnded(execution, active, line, children);
};

/** A branch or iteration failed. The failure of one that counts is the state's, and cuts its siblings off. */
export const lineBroken = async (execution: Execution, active: Active, line: Frame, failure: StateFailure): Promise<void> => {
  const { children, state, frame } = active;
  if (!children) return;
  children.open -= 1;
  if (state.type === 'Map') return iterationBroken(execution, active, line, children, failure);
  frame.last = line.last;
  throw new StateFailure(failure.error, failure.failureCause, undefined, true);
};
