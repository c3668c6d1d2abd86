import { close } from './cancel.ts';
import { faultOf, HistoryFull, tell, WHOLE } from './chronicle.ts';
import type { Data } from './data.ts';
import { type Active, type Execution, type Frame, newExecution, type Work } from './execution.ts';
import { go, succeed } from './flow.ts';
import type { Machine } from './machine.ts';
import type { Effect, Input, Started, Status } from './protocol.ts';
import { guarded } from './recover.ts';
import { again, redrive } from './redrive.ts';
import { lineBroken, lineEnded } from './states/fork.ts';
import { itemsRead, map } from './states/map.ts';
import { parallel } from './states/parallel.ts';
import { choice, failure, pass, success } from './states/plain.ts';
import { unread } from './states/reader.ts';
import * as task from './states/task.ts';
import { wait } from './states/wait.ts';
import { startTimer, stopTimer } from './timers.ts';

/**
 * The pure core. An execution moves only by `step`, which knows no clock, no chance and no world but what its inputs carry; it writes
 * history and asks for effects. JSONata makes it asynchronous, but only by microtasks: a step ends in the turn it began in. Steps of
 * one execution must not overlap; `drive` sees to that.
 */

const START = { Pass: pass, Succeed: success, Fail: failure, Choice: choice, Wait: wait, Task: task.task, Parallel: parallel, Map: map };

const begin = (execution: Execution, active: Active): Promise<void> =>
  guarded(execution, active, () => START[active.state.type](execution, active));

const enter = async (execution: Execution, frame: Frame, name: string, input: Data): Promise<void> => {
  const state = frame.part.states.get(name);
  if (!state) throw new Error(`No state '${name}': validate a definition before running it.`);
  const details = { name, input: input.json, inputDetails: WHOLE };
  const enteredId = tell(execution, frame, `${state.type}StateEntered`, details);
  const active: Active = { frame, state, input, enteredId, enteredAt: execution.now, attempts: [], retryCount: 0 };
  frame.active = active;
  frame.latest = active;
  await begin(execution, active);
};

const conclude = (execution: Execution, status: Status, error?: string, cause?: string): void => {
  close(execution, execution.root);
  for (const timer of execution.timers.keys()) stopTimer(execution, timer);
  Object.assign(execution, { status, error, cause, stoppedAt: execution.now, work: [] });
  execution.effects.push({ kind: 'ended' });
};

const broken = (execution: Execution, error?: string, cause?: string): void => {
  tell(execution, execution.root, 'ExecutionFailed', faultOf(error, cause));
  conclude(execution, 'FAILED', error, cause);
};

const ended = (execution: Execution, output: Data): void => {
  execution.output = output;
  tell(execution, execution.root, 'ExecutionSucceeded', { output: output.json, outputDetails: WHOLE });
  conclude(execution, 'SUCCEEDED');
};

const perform = async (execution: Execution, work: Work): Promise<void> => {
  const { frame } = work;
  if (frame.closed) return;
  if (work.do === 'enter') return enter(execution, frame, work.name, work.input);
  if (work.do === 'again') return again(execution, work.visit, work.rest, begin);
  const { parent } = frame;
  if (parent) frame.closed = true;
  if (work.do === 'end')
    return parent ? guarded(execution, parent, () => lineEnded(execution, parent, frame, work.output)) : ended(execution, work.output);
  const { error, failureCause } = work.failure;
  return parent
    ? guarded(execution, parent, () => lineBroken(execution, parent, frame, work.failure))
    : broken(execution, error, failureCause);
};

const work = async (execution: Execution): Promise<void> => {
  for (let next = execution.work.shift(); next; next = execution.work.shift()) await perform(execution, next);
};

/** Works until every line waits for the world. A fault of the interpreter itself fails the execution, never the process. */
const drain = async (execution: Execution, first?: () => Promise<void>): Promise<Effect[]> => {
  try {
    await first?.();
    await work(execution);
  } catch (error) {
    const { message } = error instanceof Error ? error : { message: String(error) };
    broken(execution, 'States.Runtime', error instanceof HistoryFull ? message : `The interpreter failed: ${message}`);
  }
  return execution.effects.splice(0);
};

const ring = async (execution: Execution, timer: number): Promise<void> => {
  const alarm = execution.timers.get(timer)?.alarm;
  if (!alarm) return;
  execution.timers.delete(timer);
  if (alarm.why === 'execution') return timeOut(execution);
  const { active, why } = alarm;
  if (why === 'timeout' || why === 'heartbeat') return guarded(execution, active, async () => task.timedOut(execution, active, why));
  active.timer = undefined;
  return why === 'retry' ? begin(execution, active) : guarded(execution, active, () => succeed(execution, active));
};

const answered = async (execution: Execution, active: Active, input: Input): Promise<void> => {
  if (input.kind === 'heartbeat') return task.heartbeat(execution, active);
  if (input.kind === 'submitted') return task.submitted(execution, active, input.output);
  const reads = active.task?.kind === 'reader';
  if (input.kind === 'failed')
    return reads ? unread(execution, active, input.cause) : task.failed(execution, active, input.error, input.cause);
  if (input.kind === 'succeeded')
    return reads ? itemsRead(execution, active, input.output) : task.succeeded(execution, active, input.output);
};

const receive = async (execution: Execution, input: Input): Promise<void> => {
  if (input.kind === 'redriven') {
    startClock(execution);
    return redrive(execution);
  }
  if (input.at - execution.start.at > LONGEST_MS) return timeOut(execution);
  if (input.kind === 'timer') return ring(execution, input.timer);
  if (input.kind === 'stopped') {
    tell(execution, execution.root, 'ExecutionAborted', faultOf(input.error, input.cause));
    return conclude(execution, 'ABORTED', input.error, input.cause);
  }
  const active = execution.tasks.get(input.task);
  if (active) await guarded(execution, active, () => answered(execution, active, input));
};

/** AWS ends an execution after a year, whatever its machine says. */
const LONGEST_MS = 365 * 86_400_000;

const startClock = (execution: Execution): void => {
  const { timeoutSeconds } = execution.machine;
  if (timeoutSeconds !== undefined) startTimer(execution, execution.now + timeoutSeconds * 1000, { why: 'execution' });
};

const timeOut = (execution: Execution): void => {
  tell(execution, execution.root, 'ExecutionTimedOut', {});
  conclude(execution, 'TIMED_OUT');
};

const originOf = ({ roleArn, stateMachineVersionArn, stateMachineAliasArn }: Started): Record<string, string> => ({
  roleArn,
  ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
  ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
});

/** Starts an execution. Whoever calls has seen to it that the input is not over 256 KiB. */
export const start = async (machine: Machine, started: Started): Promise<{ execution: Execution; effects: Effect[] }> => {
  const input: Data = { value: started.input, json: JSON.stringify(started.input) };
  const execution = newExecution(machine, started, input);
  tell(execution, execution.root, 'ExecutionStarted', { input: input.json, inputDetails: WHOLE, ...originOf(started) });
  // The first state's event points at nothing, as in AWS.
  execution.root.last = 0;
  startClock(execution);
  go(execution, execution.root, machine.startAt, input);
  return { execution, effects: await drain(execution) };
};

/** An ended execution takes nothing but a redrive, and only one without success takes that. */
const takesNoMore = ({ status }: Execution, { kind }: Input): boolean =>
  kind === 'redriven' ? status === 'RUNNING' || status === 'SUCCEEDED' : status !== 'RUNNING';

/** Moves an execution by one input. What comes too late (a task that is no more, an ended execution) changes nothing. */
export const step = async (execution: Execution, input: Input): Promise<Effect[]> => {
  if (takesNoMore(execution, input)) return [];
  execution.now = input.at;
  return drain(execution, () => receive(execution, input));
};
