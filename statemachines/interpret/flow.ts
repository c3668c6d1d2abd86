import { tell, WHOLE } from './chronicle.ts';
import { type Data, dataOf } from './data.ts';
import type { Active, Execution, Frame } from './execution.ts';
import type { Outcome } from './machine.ts';
import { filledOf } from './values.ts';
import { type Assignment, assign, assignmentOf } from './variables.ts';

/** How lines of states go on: into the next state, out of the present one, to their end. */

export const go = (execution: Execution, frame: Frame, name: string, input: Data): void => {
  frame.next = { name, input };
  frame.latest = undefined;
  frame.rest = undefined;
  execution.work.push({ do: 'enter', frame, name, input });
};

type Known = { result?: unknown; errorOutput?: unknown };

/** New variables take effect together, after all were evaluated with the old ones. */
const assignedBy = async (
  execution: Execution,
  active: Active,
  { assign: wanted }: Outcome,
  known: Known,
): Promise<Assignment | undefined> => {
  if (!wanted) return undefined;
  const values: [string, unknown][] = [];
  for (const [name, template] of wanted) values.push([name, await filledOf(execution, active, template, known)]);
  return assignmentOf(execution, active.frame, active.state.name, Object.fromEntries(values));
};

export interface Exit {
  outcome: Outcome;
  /** The state to enter next; absent ends the line. */
  next?: string;
  known?: Known;
  /** The output where the outcome names none. */
  otherwise: Data;
  /** The event that the exit points at, where that is not the last one of the line. */
  from?: number;
}

/** Leaves a state: evaluates its output and variables, tells it, and goes on. Throws StateFailure when an expression fails. */
export const exit = async (execution: Execution, active: Active, { outcome, next, known = {}, otherwise, from }: Exit): Promise<void> => {
  const { frame, state } = active;
  const what = `The state '${state.name}' returned an output`;
  const output = outcome.output ? dataOf(await filledOf(execution, active, outcome.output, known), what) : otherwise;
  const assigned = await assignedBy(execution, active, outcome, known);
  frame.last = from ?? frame.last;
  tell(execution, frame, `${state.type}StateExited`, {
    name: state.name,
    output: output.json,
    outputDetails: WHOLE,
    ...(assigned ? { assignedVariables: assigned.texts, assignedVariablesDetails: WHOLE } : {}),
  });
  if (assigned) assign(frame, assigned);
  frame.active = undefined;
  if (next === undefined) execution.work.unshift({ do: 'end', frame, output });
  else go(execution, frame, next, output);
};

/** Leaves a state that did what it should, with its own Output, Assign and Next. */
export const succeed = (execution: Execution, active: Active, result?: Data, from?: number): Promise<void> =>
  exit(execution, active, {
    outcome: active.state,
    next: active.state.next,
    known: result ? { result: result.value } : {},
    otherwise: result ?? active.input,
    from,
  });
