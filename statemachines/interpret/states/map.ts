import { close } from '../cancel.ts';
import { chanceOf, uuidOf } from '../chance.ts';
import { aside, tell } from '../chronicle.ts';
import { dataOf } from '../data.ts';
import { type Active, type Children, type Execution, type Frame, frameOf } from '../execution.ts';
import { wrongType } from '../expression.ts';
import { RUNTIME, StateFailure } from '../failure.ts';
import { go, succeed } from '../flow.ts';
import { textOf } from '../template.ts';
import { filledOf, wholeOf } from '../values.ts';
import { batched } from './batches.ts';
import { childrenOf } from './children.ts';
import { askItems, itemsFrom } from './reader.ts';
import { toleranceOf, tolerates } from './tolerance.ts';

/** How many iterations AWS runs at once at most, whatever MaxConcurrency says. */
const MOST_AT_ONCE = { inline: 40, distributed: 10_000 };

const concurrencyOf = async (execution: Execution, active: Active): Promise<number> => {
  const wanted = await wholeOf(execution, active, active.state.concurrency, 0, Number.MAX_SAFE_INTEGER);
  const most = active.state.distributed ? MOST_AT_ONCE.distributed : MOST_AT_ONCE.inline;
  return Math.min(wanted || most, most);
};

const itemsOf = async (execution: Execution, active: Active): Promise<unknown[]> => {
  const { items } = active.state;
  const value = items ? await filledOf(execution, active, items) : active.input.value;
  if (Array.isArray(value)) return value;
  return items ? wrongType(textOf(items), 'Items', 'array', value) : wrongType('$states.input', 'Items', 'array', value);
};

/** What an iteration gets of an item. */
const selected = async (execution: Execution, active: Active, item: { Index: number; Value: unknown }): Promise<unknown> => {
  const { itemSelector } = active.state;
  return itemSelector ? filledOf(execution, active, itemSelector, { item }) : item.Value;
};

/** Starts iterations until enough run at once. An item that cannot be selected fails the Map, not an iteration. */
const launch = async (execution: Execution, active: Active): Promise<void> => {
  const { frame, state, children } = active;
  const [part] = state.branches;
  if (!children || !part) return;
  const { distributed, name } = state;
  while (children.nextItem < children.items.length && children.open < children.concurrency) {
    const index = children.nextItem;
    const item = { Index: index, Value: children.items[index] };
    const input = children.batches ? item.Value : await selected(execution, active, item);
    const given = dataOf(input, `The state '${name}' passed an item`);
    const variables = distributed ? {} : frame.variables;
    const { last, hidden } = frame;
    const iteration = frameOf(part, { parent: active, index, variables, item, last, hidden: hidden || distributed });
    children.nextItem += 1;
    children.frames.push(iteration);
    children.open += 1;
    if (!distributed) tell(execution, iteration, 'MapIterationStarted', { name, index });
    go(execution, iteration, part.startAt, given);
  }
};

/** Ends the Map when nothing is left to do. */
const settle = async (execution: Execution, active: Active): Promise<void> => {
  const { children, state, frame } = active;
  if (!children || children.open > 0 || children.nextItem < children.items.length) return;
  const { last } = frame;
  children.settled = true;
  if (state.distributed) tell(execution, frame, 'MapRunSucceeded');
  tell(execution, frame, 'MapStateSucceeded');
  await succeed(execution, active, dataOf(children.results, `The state '${state.name}' returned a result`), last);
};

const proceed = async (execution: Execution, active: Active): Promise<void> => {
  await launch(execution, active);
  await settle(execution, active);
};

/** Named by the visit of the state, so a redrive finds the same run. */
const mapRunArnOf = ({ start }: Execution, { state, enteredId }: Active): string => {
  const machine = start.executionArn.replace(':execution:', ':mapRun:').split(':').slice(0, 7).join(':');
  return `${machine}/${state.label ?? state.name}:${uuidOf(chanceOf(`${start.seed}#${enteredId}`))}`;
};

const runItems = async (execution: Execution, active: Active, items: readonly unknown[]): Promise<void> => {
  const { children, state } = active;
  if (!children) return;
  children.total = items.length;
  children.items = items;
  if (state.batcher) {
    const chosen: unknown[] = [];
    for (const [Index, Value] of items.entries()) chosen.push(await selected(execution, active, { Index, Value }));
    const { batches, inputs } = await batched(execution, active, state.batcher, chosen);
    Object.assign(children, { batches, items: inputs });
  }
  await proceed(execution, active);
};

/** AWS evaluates MaxConcurrency and Items before the Map has started, and what it tolerates after. */
export const map = async (execution: Execution, active: Active): Promise<void> => {
  const { frame, state } = active;
  frame.rest = undefined;
  const concurrency = await concurrencyOf(execution, active);
  const items = state.reader ? [] : await itemsOf(execution, active);
  tell(execution, frame, 'MapStateStarted', { length: items.length });
  const tolerance = await toleranceOf(execution, active);
  active.children = childrenOf({ concurrency, tolerance });
  if (state.distributed) tell(execution, frame, 'MapRunStarted', { mapRunArn: mapRunArnOf(execution, active) });
  return state.reader ? askItems(execution, active) : runItems(execution, active, items);
};

/** The items a reader brought. */
export const itemsRead = async (execution: Execution, active: Active, read: unknown): Promise<void> =>
  runItems(execution, active, await itemsFrom(execution, active, read));

/** Goes on after a redrive took its unfinished lines up. */
export const continued = async (execution: Execution, active: Active): Promise<void> => {
  if (active.state.type !== 'Map') return;
  if (active.state.distributed) {
    tell(execution, active.frame, 'MapRunRedriven', { mapRunArn: mapRunArnOf(execution, active), redriveCount: execution.redrives });
  }
  await proceed(execution, active);
};

export const iterationEnded = async (execution: Execution, active: Active, iteration: Frame): Promise<void> => {
  const { frame, state } = active;
  if (!state.distributed) {
    tell(execution, iteration, 'MapIterationSucceeded', { name: state.name, index: iteration.index });
    frame.last = iteration.last;
  }
  await proceed(execution, active);
};

/** What ends a Map whose iteration failed; undefined where it tolerates that. */
const endOf = ({ tolerance, failures, total }: Children, { error, failureCause }: StateFailure): StateFailure | undefined => {
  if (!tolerance) return new StateFailure(error, failureCause, undefined, true);
  if (tolerates(tolerance, failures, total)) return undefined;
  return new StateFailure('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
};

/** Iterations that the failure cuts off are told before it, and nothing is told of a runtime error. */
export const iterationBroken = async (
  execution: Execution,
  active: Active,
  iteration: Frame,
  children: Children,
  failure: StateFailure,
): Promise<void> => {
  const { frame, state } = active;
  const { index } = iteration;
  children.failures += children.batches?.[index]?.length ?? 1;
  const end = endOf(children, failure);
  if (!state.distributed) frame.last = iteration.last;
  if (end) for (const sibling of children.frames) close(execution, sibling, end.error === RUNTIME ? undefined : frame);
  if (!state.distributed && failure.error !== RUNTIME) aside(execution, frame, 'MapIterationFailed', { name: state.name, index });
  if (end) throw end;
  children.results[index] = { Error: failure.error, Cause: failure.failureCause };
  await proceed(execution, active);
};
