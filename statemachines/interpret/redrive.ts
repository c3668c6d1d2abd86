import { tell } from './chronicle.ts';
import type { Active, Children, Execution, Frame } from './execution.ts';
import { go } from './flow.ts';
import { guarded } from './recover.ts';
import { continued } from './states/map.ts';

/** Takes an execution up that ended without success: what was done stays done, what failed or was cut off is done again. */

/** Queues the state at which a line stands: its visit told before is not told again, but a Fail is entered anew. */
const take = (execution: Execution, frame: Frame): void => {
  const { next, latest, rest } = frame;
  frame.closed = false;
  frame.last = execution.root.last;
  if (!next) return;
  if (!latest || latest.state.type === 'Fail') go(execution, frame, next.name, next.input);
  else execution.work.push({ do: 'again', frame, visit: latest, rest });
};

/** A Parallel or Map that had come to all its results was too large or could not say its output: it is done again as a whole. */
const unfinished = (rest: Children | undefined): rest is Children =>
  rest !== undefined && (rest.nextItem < rest.items.length || rest.frames.some(({ done }) => !done));

/** Begins a state again, or only those of its branches and iterations that did not end well. Retries count from nothing. */
export const again = async (
  execution: Execution,
  visit: Active,
  rest: Children | undefined,
  begin: (execution: Execution, active: Active) => Promise<void>,
): Promise<void> => {
  const { frame, state, input, enteredId, enteredAt } = visit;
  const active: Active = { frame, state, input, enteredId, enteredAt, attempts: [], retryCount: 0 };
  frame.active = active;
  frame.latest = active;
  if (!unfinished(rest)) return begin(execution, active);
  const open = rest.frames.filter(({ done }) => !done);
  frame.rest = undefined;
  active.children = { ...rest, frames: [...rest.frames], results: [...rest.results], open: open.length, failures: 0, settled: false };
  for (const line of open) take(execution, Object.assign(line, { parent: active }));
  return guarded(execution, active, () => continued(execution, active));
};

export const redrive = (execution: Execution): void => {
  const { root } = execution;
  execution.redrives += 1;
  Object.assign(execution, { status: 'RUNNING', redrivenAt: execution.now, stoppedAt: undefined, error: undefined, cause: undefined });
  tell(execution, root, 'ExecutionRedriven', { redriveCount: execution.redrives });
  take(execution, root);
};
