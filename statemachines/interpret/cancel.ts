import { tell } from './chronicle.ts';
import type { Active, Execution, Frame } from './execution.ts';
import { dropTask, stopTimer } from './timers.ts';

/** AWS tells an abort only of states that can be under way for a while. */
const ABORTS = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/** Ends everything under a state: its task, its timer, its branches. `told` writes the abort of each into the history. */
export const release = (execution: Execution, active: Active, told: boolean): void => {
  dropTask(execution, active, true);
  stopTimer(execution, active.timer);
  active.timer = undefined;
  for (const frame of active.children?.frames ?? []) close(execution, frame, told);
  active.frame.rest = active.children;
  active.children = undefined;
};

/** Closes a line of states that did not come to its own end. */
export const close = (execution: Execution, frame: Frame, told: boolean): void => {
  if (frame.closed) return;
  frame.closed = true;
  const { active } = frame;
  if (active) {
    release(execution, active, told);
    if (told && ABORTS.has(active.state.type)) tell(execution, frame, `${active.state.type}StateAborted`);
    frame.active = undefined;
  }
  const { parent } = frame;
  if (told && parent?.state.type === 'Map' && !parent.state.distributed) {
    tell(execution, frame, 'MapIterationAborted', { name: parent.state.name, index: frame.index });
  }
};
