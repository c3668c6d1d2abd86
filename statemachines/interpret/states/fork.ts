import { close } from '../cancel.ts';
import { faultOf, tell } from '../chronicle.ts';
import { type Data, dataOf } from '../data.ts';
import { type Active, type Children, type Execution, type Frame, frameOf } from '../execution.ts';
import { wrongType } from '../expression.ts';
import { StateFailure } from '../failure.ts';
import { go, succeed } from '../flow.ts';
import { textOf } from '../template.ts';
import { filledOf, numberOf, wholeOf } from '../values.ts';

/** Parallel and Map: lines of states beneath a state. */

const childrenOf = (over: Partial<Children>): Children => ({
  frames: [],
  results: [],
  open: 0,
  items: [],
  nextItem: 0,
  concurrency: Number.POSITIVE_INFINITY,
  failures: 0,
  tolerated: 0,
  ...over,
});

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

const itemsOf = async (execution: Execution, active: Active): Promise<unknown[]> => {
  const { items } = active.state;
  const value = items ? await filledOf(execution, active, items) : active.input.value;
  if (Array.isArray(value)) return value;
  return items ? wrongType(textOf(items), 'Items', 'array', value) : wrongType('$states.input', 'Items', 'array', value);
};

const toleranceOf = async (execution: Execution, active: Active, length: number): Promise<number> => {
  const { toleratedCount, toleratedPercentage } = active.state;
  const count = await wholeOf(execution, active, toleratedCount, 0, Number.MAX_SAFE_INTEGER);
  const percentage = await numberOf(execution, active, toleratedPercentage, 0, 100);
  return Math.min(count ?? (percentage === undefined ? 0 : length), percentage === undefined ? length : (length * percentage) / 100);
};

/** Starts iterations until enough run at once. */
const launch = async (execution: Execution, active: Active): Promise<void> => {
  const { frame, state, children } = active;
  const [part] = state.branches;
  if (!children || !part) return;
  while (children.nextItem < children.items.length && children.open < children.concurrency) {
    const index = children.nextItem;
    const item = { Index: index, Value: children.items[index] };
    children.nextItem += 1;
    const iteration = frameOf(part, {
      parent: active,
      index,
      variables: state.distributed ? {} : frame.variables,
      item,
      last: frame.last,
      hidden: frame.hidden || state.distributed,
    });
    if (!state.distributed) tell(execution, iteration, 'MapIterationStarted', { name: state.name, index });
    const { itemSelector } = state;
    const input = itemSelector ? await filledOf(execution, active, itemSelector, { item }) : item.Value;
    children.frames.push(iteration);
    children.open += 1;
    go(execution, iteration, part.startAt, dataOf(input, `The state '${state.name}' passed an item`));
  }
};

/** Ends the Map when nothing is left to do. */
const settle = async (execution: Execution, active: Active): Promise<void> => {
  const { children, state, frame } = active;
  if (!children || children.open > 0 || children.nextItem < children.items.length) return;
  if (state.distributed) tell(execution, frame, 'MapRunSucceeded');
  tell(execution, frame, 'MapStateSucceeded');
  await succeed(execution, active, dataOf(children.results, `The state '${state.name}' returned a result`));
};

/** Named by the visit of the state, so a redrive finds the same run. */
const mapRunArnOf = ({ start }: Execution, { state, enteredId }: Active): string =>
  `${start.executionArn.replace(':execution:', ':mapRun:')}/${state.name}:${enteredId}`;

const runItems = async (execution: Execution, active: Active, items: unknown[]): Promise<void> => {
  const { frame, state } = active;
  const concurrency = await wholeOf(execution, active, state.concurrency, 0, Number.MAX_SAFE_INTEGER);
  const tolerated = await toleranceOf(execution, active, items.length);
  tell(execution, frame, 'MapStateStarted', { length: items.length });
  if (state.distributed) {
    tell(execution, frame, 'MapRunStarted', { mapRunArn: mapRunArnOf(execution, active) });
  }
  active.children = childrenOf({ items, concurrency: concurrency || Number.POSITIVE_INFINITY, tolerated });
  await launch(execution, active);
  await settle(execution, active);
};

/** A Map with an ItemReader first asks the world for its items. */
export const map = async (execution: Execution, active: Active): Promise<void> => {
  active.frame.rest = undefined;
  const { reader } = active.state;
  if (!reader) return runItems(execution, active, await itemsOf(execution, active));
  const given = reader.arguments ? await filledOf(execution, active, reader.arguments) : {};
  execution.serial += 1;
  const order = { task: execution.serial, resource: reader.resource, arguments: given };
  active.task = { order, kind: 'reader', submitted: false };
  execution.tasks.set(order.task, active);
  execution.effects.push({ kind: 'schedule', order });
};

/** The items a reader brought. */
export const itemsRead = async (execution: Execution, active: Active, items: unknown): Promise<void> => {
  if (!Array.isArray(items))
    throw new StateFailure('States.ItemReaderFailed', `The state '${active.state.name}' read data that is not an array.`);
  const most = await wholeOf(execution, active, active.state.reader?.maxItems, 1, Number.MAX_SAFE_INTEGER);
  await runItems(execution, active, items.slice(0, most));
};

/** Goes on after a redrive took its unfinished lines up. */
export const continued = async (execution: Execution, active: Active): Promise<void> => {
  if (active.state.type !== 'Map') return;
  if (active.state.distributed) {
    tell(execution, active.frame, 'MapRunRedriven', { mapRunArn: mapRunArnOf(execution, active), redriveCount: execution.redrives });
  }
  await launch(execution, active);
  await settle(execution, active);
};

/** A branch or iteration came to its end. */
export const lineEnded = async (execution: Execution, active: Active, frame: Frame, output: Data): Promise<void> => {
  const { children, state } = active;
  if (!children) return;
  frame.done = true;
  children.results[frame.index] = output.value;
  children.open -= 1;
  if (state.type === 'Map' && !state.distributed) tell(execution, frame, 'MapIterationSucceeded', { name: state.name, index: frame.index });
  if (!frame.hidden) active.frame.last = frame.last;
  if (state.type === 'Map') {
    await launch(execution, active);
    return settle(execution, active);
  }
  if (children.open > 0) return;
  tell(execution, active.frame, 'ParallelStateSucceeded');
  await succeed(execution, active, dataOf(children.results, `The state '${state.name}' returned a result`));
};

const exceeded = (children: Children, failure: StateFailure): StateFailure =>
  children.tolerated > 0
    ? new StateFailure('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded')
    : failure;

/** A branch or iteration failed. The siblings of one that counts are cancelled, and the failure is the state's. */
export const lineBroken = async (execution: Execution, active: Active, frame: Frame, failure: StateFailure): Promise<void> => {
  const { children, state } = active;
  if (!children) return;
  children.open -= 1;
  children.failures += 1;
  if (state.type === 'Map' && !state.distributed) tell(execution, frame, 'MapIterationFailed', { name: state.name, index: frame.index });
  if (!frame.hidden) active.frame.last = frame.last;
  if (state.type === 'Map' && children.failures <= children.tolerated) {
    children.results[frame.index] = { Error: failure.error, Cause: failure.failureCause };
    await launch(execution, active);
    return settle(execution, active);
  }
  for (const sibling of children.frames) close(execution, sibling, true);
  if (state.distributed) tell(execution, active.frame, 'MapRunFailed', faultOf(failure.error, failure.failureCause));
  throw exceeded(children, new StateFailure(failure.error, failure.failureCause, undefined, true));
};
