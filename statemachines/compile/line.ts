import type { Step } from '../../shared/contracts/workflow.ts';
import type { State } from './asl.ts';
import { waitsIn } from './hold.ts';
import type { Scope } from './scope.ts';

/** So long (s) after its time is over the line itself says so; then the machine gives up waiting for that word. */
const WORD_SECONDS = 150;

export const lineName = ({ name }: Pick<Step, 'name'>): string => `${name}.waits`;

/** Where a step waits in the line for units: served it goes back to the step, which finds them held; else it fails as the step says. */
export const compileLine = (step: Step, scope: Scope, afterFailure: readonly object[]): Record<string, State> => {
  if (step.waits === undefined) return {};
  const state = waitsIn(step, scope, { ask: 'supervisor', within: step.waits }, `${step.name} waits for units`, afterFailure);
  return { [lineName(step)]: { ...state, TimeoutSeconds: Math.ceil(step.waits) + WORD_SECONDS } };
};
