import type { Step } from '../../shared/contracts/workflow.ts';
import { ANY, caught, goTo, retryInvocation, SAME_INPUT, type State, waiting, withSaid } from './asl.ts';
import { compileHold, failureOf, HELD, holdName, PAUSED, pauseName, REFUSED, WAITING } from './hold.ts';
import { compileLine, lineName } from './line.ts';
import { missed, missedName } from './miss.ts';
import { orCompensate, ordinal, roundOf, type Scope } from './scope.ts';

/** The run is over, or the step was undone. */
const ENDED = 'SWOE.Ended';

/** A refusal, a hold, a wait and an end are answers, not faults, and a timeout has used up the step's time: none is tried again. */
const retry = (step: Step) => [
  { ErrorEquals: [REFUSED, HELD, PAUSED, ENDED, ...(step.waits === undefined ? [] : [WAITING])], MaxAttempts: 0 },
  retryInvocation(3),
  ...(step.retries > 0
    ? [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: step.retries, BackoffRate: 2, MaxDelaySeconds: 20 }]
    : []),
];

/** What an error that is not a hold leads to, as the step says. */
const afterFailure = (step: Step, scope: Scope) => {
  if (step.onFailure === 'degrade') return [caught(ANY, failureOf(step), missedName(step.name))];
  if (step.onFailure === 'hold') return [caught(ANY, failureOf(step), holdName(step))];
  return orCompensate(scope);
};

/** The task. Its definition travels in its arguments, so what was reviewed is what runs; `with` travels once, evaluated, as `arguments`. */
const task = (step: Step, scope: Scope): State => {
  const { with: values, when: _when, ...definition } = step;
  const behind = scope.behind.length > 0 ? { behind: scope.behind } : {};
  const command = { op: 'perform', ordinal: ordinal(scope, step.name), ...roundOf(scope), step: definition, ...behind, arguments: values };
  return {
    Comment: step.action,
    ...waiting(command, step.within),
    Retry: retry(step),
    Catch: [
      caught([HELD], failureOf(step), holdName(step)),
      caught([PAUSED], failureOf(step), pauseName(step)),
      ...(step.waits === undefined ? [] : [caught([WAITING], failureOf(step), lineName(step))]),
      ...afterFailure(step, scope),
    ],
    Output: scope.told.has(step.name) ? withSaid(step.name) : SAME_INPUT,
    ...goTo(scope.next),
  };
};

export const compileStep = (step: Step, scope: Scope): Record<string, State> => ({
  [step.name]: task(step, scope),
  ...compileHold(step, scope),
  ...compileLine(step, scope, afterFailure(step, scope)),
  ...(step.onFailure === 'fail'
    ? {}
    : missed({ step: step.name, action: step.action, undo: step.undo, error: `{% $${failureOf(step)} %}`, ...roundOf(scope) }, scope.next)),
});
