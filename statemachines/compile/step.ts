import type { Step } from '../../shared/contracts/workflow.ts';
import { ANY, caught, goTo, retryInvocation, SAME_INPUT, type State, waiting, withSaid } from './asl.ts';
import { missed, missedName } from './miss.ts';
import { orCompensate, ordinal, roundOf, type Scope } from './scope.ts';

/** A question about a held step stays open this long at most; the machine's own ceiling is usually nearer. */
const HOLD_SECONDS = 86_400;
const HELD = 'SWOE.Held';
const REFUSED = 'SWOE.Refused';

const failureOf = ({ name }: Step): string => `${name}Failure`;
const holdName = ({ name }: Step): string => `${name}.hold`;

/** A refusal and a hold are answers, not faults, and a timeout has used up the step's time: none is tried again. */
const retry = (step: Step) => [
  { ErrorEquals: [REFUSED, HELD], MaxAttempts: 0 },
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
    Catch: [caught([HELD], failureOf(step), holdName(step)), ...afterFailure(step, scope)],
    Output: scope.told.has(step.name) ? withSaid(step.name) : SAME_INPUT,
    ...goTo(scope.next),
  };
};

/** Waits for a person's answer about a held step: yes leads back to the step, no is the step's miss. */
const hold = (step: Step, scope: Scope): State => {
  const { with: _values, when: _when, ...definition } = step;
  const command = {
    op: 'hold',
    ordinal: ordinal(scope, step.name),
    ...roundOf(scope),
    step: definition,
    error: `{% $${failureOf(step)} %}`,
  };
  const refused = step.onFailure === 'fail' ? orCompensate(scope) : [caught(ANY, failureOf(step), missedName(step.name))];
  return {
    Comment: `${step.name} waits for a person`,
    ...waiting(command, HOLD_SECONDS),
    Retry: [retryInvocation(3)],
    ...(refused.length > 0 ? { Catch: refused } : {}),
    Output: SAME_INPUT,
    Next: step.name,
  };
};

export const compileStep = (step: Step, scope: Scope): Record<string, State> => ({
  [step.name]: task(step, scope),
  [holdName(step)]: hold(step, scope),
  ...(step.onFailure === 'fail'
    ? {}
    : missed({ step: step.name, ...roundOf(scope), action: step.action, undo: step.undo, error: `{% $${failureOf(step)} %}` }, scope.next)),
});
