import { release } from './cancel.ts';
import { aside, faultOf, tell } from './chronicle.ts';
import { dataOf } from './data.ts';
import type { Retrier } from './definition.ts';
import type { Active, Execution } from './execution.ts';
import { covers, RUNTIME, StateFailure } from './failure.ts';
import { exit } from './flow.ts';
import { startTimer } from './timers.ts';

/** What becomes of a state that failed: another try, its Catch, or the end of its line. */

const DEFAULTS = { interval: 1, attempts: 3, rate: 2 };

/** Milliseconds before retry number `attempt` (from 1): IntervalSeconds × BackoffRate^(attempt − 1), capped, then jittered. */
export const delayOf = (retrier: Retrier, attempt: number, chance: () => number): number => {
  const { IntervalSeconds = DEFAULTS.interval, BackoffRate = DEFAULTS.rate, MaxDelaySeconds, JitterStrategy } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** (attempt - 1), MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return Math.round((JitterStrategy === 'FULL' ? seconds * chance() : seconds) * 1000);
};

const retried = (execution: Execution, active: Active, failure: StateFailure): boolean => {
  const { retry, type } = active.state;
  const index = retry.findIndex(({ ErrorEquals }) => covers(ErrorEquals, failure.error, type));
  const retrier = retry[index];
  if (!retrier) return false;
  const attempt = (active.attempts[index] ?? 0) + 1;
  if (attempt > (retrier.MaxAttempts ?? DEFAULTS.attempts)) return false;
  active.attempts[index] = attempt;
  active.retryCount += 1;
  active.timer = startTimer(execution, execution.now + delayOf(retrier, attempt, execution.chance), { why: 'retry', active });
  return true;
};

/** AWS says of evaluation and runtime errors in which visit of the state they happened. */
const placed = (active: Active, failure: StateFailure): StateFailure => {
  const inside = failure.location !== undefined || failure.error === RUNTIME;
  if (!inside || failure.placed) return failure;
  const where = `An error occurred while executing the state '${active.state.name}' (entered at the event id #${active.enteredId}).`;
  return new StateFailure(failure.error, `${where} ${failure.failureCause ?? ''}`, failure.location, true);
};

/** A Task that ends its branch is told as aborted too. */
const broken = (execution: Execution, active: Active, failure: StateFailure): void => {
  const { frame, state } = active;
  if (frame.parent && state.type === 'Task' && failure.error !== RUNTIME) aside(execution, frame, 'TaskStateAborted');
  frame.active = undefined;
  execution.work.unshift({ do: 'break', frame, failure });
};

const tellEvaluation = (execution: Execution, active: Active, { error, failureCause, location }: StateFailure): void => {
  if (location !== undefined)
    tell(execution, active.frame, 'EvaluationFailed', { ...faultOf(error, failureCause), location, state: active.state.name });
};

/** States.Runtime leaves no such event. */
const tellFailed = (execution: Execution, { frame, state }: Active, { error }: StateFailure): void => {
  if ((state.type === 'Parallel' || state.type === 'Map') && error !== RUNTIME) tell(execution, frame, `${state.type}StateFailed`);
};

const tellRunFailed = (execution: Execution, { frame, state, children }: Active, { error, failureCause }: StateFailure): void => {
  if (state.distributed && children && !children.settled) tell(execution, frame, 'MapRunFailed', faultOf(error, failureCause));
};

/** The Catch's own expressions can fail; nothing catches that. */
const caught = async (execution: Execution, active: Active, failure: StateFailure): Promise<boolean> => {
  const { catchers, type } = active.state;
  const catcher = catchers.find(({ errorEquals }) => covers(errorEquals, failure.error, type));
  if (!catcher) return false;
  const errorOutput = { Error: failure.error ?? '', Cause: failure.failureCause ?? '' };
  const otherwise = dataOf(errorOutput, `The state '${active.state.name}' returned an output`);
  await exit(execution, active, { outcome: catcher, next: catcher.next, known: { errorOutput }, otherwise });
  return true;
};

/** Takes a failure of a state: tells it, then retries, catches or breaks the line. */
const fail = async (execution: Execution, active: Active, cause: StateFailure): Promise<void> => {
  const failure = placed(active, cause);
  const { frame } = active;
  tellEvaluation(execution, active, failure);
  tellRunFailed(execution, active, failure);
  release(execution, active, failure.error === RUNTIME ? undefined : frame);
  if (retried(execution, active, failure)) return;
  const { last } = frame;
  tellFailed(execution, active, failure);
  try {
    if (!(await caught(execution, active, failure))) broken(execution, active, failure);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    const second = placed(active, error);
    frame.last = last;
    tellEvaluation(execution, active, second);
    tellFailed(execution, active, second);
    broken(execution, active, second);
  }
};

/** Runs a part of a state's work; a StateFailure in it is the state's. */
export const guarded = async (execution: Execution, active: Active, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    await fail(execution, active, error);
  }
};
