import { drive, type Host } from '../../../statemachines/interpret/drive.ts';
import type { Execution } from '../../../statemachines/interpret/execution.ts';
import type { TaskOrder } from '../../../statemachines/interpret/protocol.ts';
import { rebuild } from '../../../statemachines/interpret/rebuild.ts';
import { start } from '../../../statemachines/interpret/step.ts';
import type { Entry, StatesRecord } from './entry.ts';
import { type Doing, integrate } from './integrate.ts';
import { type StatusChange, statusChange } from './status-event.ts';

export interface Running extends Doing {
  readonly onStatusChange: (event: StatusChange) => void;
}

const NAME = 'states';

export const write = ({ ground }: Doing, record: StatesRecord): void => ground.log.write(NAME, record);

const meter = ({ ground }: Doing, { history }: Execution, from: number): void => {
  let entered = 0;
  for (let index = from; index < history.length; index += 1) if (history[index]?.type.endsWith('StateEntered')) entered += 1;
  if (entered > 0) ground.meter(NAME, 'state transitions', entered);
};

/** Once, when the execution has ended: written down and told in the turn in which it happened. */
const settle = (running: Running, entry: Entry, execution: Execution): void => {
  if (entry.ending || execution.status === 'RUNNING') return;
  const { status, stoppedAt, output, error, cause } = execution;
  entry.ending = { status, stoppedAt: stoppedAt ?? execution.now, output: output?.json, error, cause };
  write(running, { kind: 'end', execution: entry.arn, ending: entry.ending });
  running.onStatusChange(statusChange(running.ground, entry));
};

/** Does an order and hands the answer in, unless nobody waits for it any more. */
const perform = async (running: Running, entry: Entry, order: TaskOrder): Promise<void> => {
  const answer = await integrate(running, order, entry.machine.roleArn);
  const driven = entry.drive;
  if (!driven?.execution.tasks.has(order.task)) return;
  const { task, token } = order;
  if (!answer.ok) driven.send({ kind: 'failed', task, error: answer.error, cause: answer.cause });
  else driven.send({ kind: token ? 'submitted' : 'succeeded', task, output: answer.output });
};

const hostOf = (running: Running, entry: Entry, execution: Execution): Host => {
  const { scheduler } = running.ground;
  return {
    now: () => scheduler.now(),
    after: (ms, task) => scheduler.after(ms, task),
    perform: (order) => void scheduler.after(0, () => void perform(running, entry, order)),
    accepted: (input) => write(running, { kind: 'input', execution: entry.arn, input }),
    stepped: (from) => {
      meter(running, execution, from);
      settle(running, entry, execution);
    },
  };
};

/** Lets a new execution begin. Its start is already in the log. */
export const launch = async (running: Running, entry: Entry): Promise<void> => {
  const { execution, effects } = await start(entry.machine.machine, entry.started);
  entry.drive = drive(execution, hostOf(running, entry, execution));
  meter(running, execution, 0);
  settle(running, entry, execution);
  entry.drive.begin(effects);
};

/** Rebuilds an execution of an earlier run from its inputs. One that had not ended goes on. */
export const revive = async (running: Running, entry: Entry): Promise<void> => {
  const execution = await rebuild(entry.machine.machine, entry.started, entry.inputs);
  entry.inputs = [];
  entry.drive = drive(execution, hostOf(running, entry, execution));
  settle(running, entry, execution);
  if (execution.status === 'RUNNING') entry.drive.resume();
};

/** The execution as it stands after everything taken so far. An ended one of an earlier run is rebuilt when first asked for. */
export const standing = async (running: Running, entry: Entry): Promise<Execution> => {
  await entry.ready;
  if (!entry.drive) {
    entry.revival ??= revive(running, entry);
    await entry.revival;
  }
  await entry.drive?.idle();
  if (!entry.drive) throw new Error(`Execution ${entry.arn} could not be rebuilt.`);
  return entry.drive.execution;
};
