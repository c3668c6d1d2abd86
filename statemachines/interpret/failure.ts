/** How a state fails: an error name that Retry and Catch match, and a cause that a person reads. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  constructor(
    readonly error: string | undefined,
    readonly failureCause: string | undefined,
    /** The field whose expression failed; only evaluation errors have one. */
    readonly location?: string,
    /** The cause says already in which visit of which state it happened. */
    readonly placed = false,
  ) {
    super(`${error ?? 'no error name'}: ${failureCause ?? 'no cause'}`);
  }
}

export const queryFailure = (cause: string, location: string): StateFailure =>
  new StateFailure('States.QueryEvaluationError', cause, location);

/** What no expression, state or host could make good: nothing retries or catches it. */
export const RUNTIME = 'States.Runtime';

const TERMINAL = new Set(['States.DataLimitExceeded', RUNTIME]);
const TIMEOUTS = new Set(['States.Timeout', 'States.HeartbeatTimeout']);

const matches = (pattern: string, error: string, stateType: string): boolean => {
  if (error === RUNTIME) return false;
  if (pattern === error) return true;
  if (TERMINAL.has(error)) return false;
  if (pattern === 'States.ALL') return true;
  if (pattern === 'States.TaskFailed') return !TIMEOUTS.has(error);
  if (pattern === 'States.Timeout') return error === 'States.HeartbeatTimeout';
  return pattern === 'States.BranchFailed' && stateType === 'Parallel';
};

/** Whether a Retrier's or Catcher's ErrorEquals covers an error. States.ALL never covers the terminal errors, and nothing covers States.Runtime. */
export const covers = (errorEquals: readonly string[], error: string | undefined, stateType: string): boolean =>
  errorEquals.some((pattern) => matches(pattern, error ?? '', stateType));
