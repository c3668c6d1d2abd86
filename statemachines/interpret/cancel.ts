import { aside } from './chronicle.ts';
import type { Active, Execution, Frame } from './execution.ts';
import { dropTask, stopTimer } from './timers.ts';

/** AWS tells an abort only of states that can be under way for a while. */
const ABORTS = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/** Ends everything under a state: its task, its timer, its branches. The aborts are told beside the line `at`, where one is given. */
export const release = (execution: Execution, active: Active, at?: Frame): void => {
  dropTask(execution, active, true);
  stopTimer(execution, active.timer);
  active.timer = undefined;
  for (const frame of active.children?.frames ?? []) close(execution, frame, at);
  active.frame.rest = active.children;
  active.children = undefined;
};

const tellAborted = (execution: Execution, { parent, index, active }: Frame, at: Frame): void => {
  if (parent?.state.type === 'Map' && !parent.state.distributed)
    aside(execution, at, 'MapIterationAborted', { name: parent.state.name, index });
  if (active && ABORTS.has(active.state.type)) aside(execution, at, `${active.state.type}StateAborted`);
};

/** Closes a line of states that did not come to its own end; outer aborts are told before inner ones. */
export const close = (execution: Execution, frame: Frame, at?: Frame): void => {
  if (frame.closed) return;
  frame.closed = true;
  const { active } = frame;
  if (at && !frame.hidden) tellAborted(execution, frame, at);
  if (active) release(execution, active, at);
  frame.active = undefined;
};
