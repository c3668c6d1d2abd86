import type { Execution } from './execution.ts';
import type { Machine } from './machine.ts';
import type { Input, Started } from './protocol.ts';
import { start, step } from './step.ts';

/** Repeats an execution from its recorded inputs: same history, same state, no effect on the world. */
export const rebuild = async (machine: Machine, started: Started, inputs: readonly Input[]): Promise<Execution> => {
  const { execution } = await start(machine, started);
  for (const input of inputs) await step(execution, input);
  return execution;
};
