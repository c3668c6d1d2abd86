import type { Active, Alarm, Execution } from './execution.ts';

/** Starts a timer of the execution and returns its number. `at` is in milliseconds since the epoch. */
export const startTimer = (execution: Execution, at: number, alarm: Alarm): number => {
  execution.serial += 1;
  execution.timers.set(execution.serial, { at, alarm });
  execution.effects.push({ kind: 'timer', timer: execution.serial, at });
  return execution.serial;
};

export const stopTimer = (execution: Execution, timer: number | undefined): void => {
  if (timer !== undefined && execution.timers.delete(timer)) execution.effects.push({ kind: 'cancel-timer', timer });
};

/** Forgets a task: its number answers nobody any more, its timers are stopped. `told` when the world still works on it. */
export const dropTask = (execution: Execution, active: Active, told = false): void => {
  const { task } = active;
  if (!task) return;
  stopTimer(execution, task.timeout);
  stopTimer(execution, task.heartbeat);
  execution.tasks.delete(task.order.task);
  if (told) execution.effects.push({ kind: 'cancel', task: task.order.task });
  active.task = undefined;
};
