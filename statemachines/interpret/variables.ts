import { bytesOf, PAYLOAD_LIMIT } from './data.ts';
import type { Execution, Frame } from './execution.ts';
import { StateFailure } from './failure.ts';

/** What the variables of an execution may take together, in bytes of JSON; one Assign takes no more than a payload. */
export const STORAGE_LIMIT = 10 * 1024 * 1024;

/** New variables of a state, with the text that history shows and its size. */
export interface Assignment {
  readonly values: Readonly<Record<string, unknown>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly sizes: Readonly<Record<string, number>>;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/** Bytes that a line holds, and the lines beneath it that are still under way. */
const storedUnder = ({ sizes, active }: Frame): number => {
  const below = active?.children?.frames.filter(({ closed, hidden }) => !closed && !hidden) ?? [];
  return sum([...Object.values(sizes), ...below.map(storedUnder)]);
};

/** Throws StateFailure when there is too much of it. */
export const assignmentOf = (execution: Execution, frame: Frame, state: string, values: Readonly<Record<string, unknown>>): Assignment => {
  const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
  const sizes = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, bytesOf(text)]));
  const added = sum(Object.values(sizes));
  const refuse = (what: string): never => {
    throw new StateFailure('States.DataLimitExceeded', `The state '${state}' assigned variables ${what} service limit.`);
  };
  if (added > PAYLOAD_LIMIT) refuse('with a size exceeding the maximum number of bytes');
  execution.assigned += added;
  // Only who ever assigned more than the limit can hold more than it, so most executions count nothing.
  if (execution.assigned > STORAGE_LIMIT) {
    const replaced = sum(Object.keys(sizes).map((name) => frame.sizes[name] ?? 0));
    if (storedUnder(execution.root) - replaced + added > STORAGE_LIMIT) refuse('that exceed the maximum size of all stored variables');
  }
  return { values, texts, sizes };
};

/** Puts an assignment into effect. */
export const assign = (frame: Frame, { values, sizes }: Assignment): void => {
  frame.variables = { ...frame.variables, ...values };
  frame.sizes = { ...frame.sizes, ...sizes };
};
