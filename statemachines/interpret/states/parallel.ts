import { tell } from '../chronicle.ts';
import { type Data, dataOf } from '../data.ts';
import { type Active, type Children, type Execution, type Frame, frameOf } from '../execution.ts';
import { go, succeed } from '../flow.ts';
import { filledOf } from '../values.ts';
import { childrenOf } from './children.ts';

const branchInput = async (execution: Execution, active: Active): Promise<Data> => {
  const { arguments: given, name } = active.state;
  return given ? dataOf(await filledOf(execution, active, given), `The state '${name}' passed arguments`) : active.input;
};

export const parallel = async (execution: Execution, active: Active): Promise<void> => {
  const { frame, state } = active;
  frame.rest = undefined;
  const input = await branchInput(execution, active);
  tell(execution, frame, 'ParallelStateStarted');
  const { variables, last, hidden } = frame;
  const frames = state.branches.map((part, index) => frameOf(part, { parent: active, index, variables, last, hidden }));
  active.children = childrenOf({ frames, open: frames.length });
  for (const branch of frames) go(execution, branch, branch.part.startAt, input);
};

/** The last branch to end takes the Parallel to its output. */
export const branchEnded = async (execution: Execution, active: Active, branch: Frame, children: Children): Promise<void> => {
  const { frame, state } = active;
  frame.last = branch.last;
  if (children.open > 0) return;
  children.settled = true;
  tell(execution, frame, 'ParallelStateSucceeded');
  await succeed(execution, active, dataOf(children.results, `The state '${state.name}' returned a result`), branch.last);
};
