import { drive, type Host } from '../../../statemachines/interpret/drive.ts';
import type { Execution } from '../../../statemachines/interpret/execution.ts';
import type { HistoryEvent, Input, Started, TaskOrder } from '../../../statemachines/interpret/protocol.ts';
import { rebuild } from '../../../statemachines/interpret/rebuild.ts';
import { start } from '../../../statemachines/interpret/step.ts';
import { dropChild, watchAgain, watchChild } from './children.ts';
import type { Ending, Entry, Live, Outcome } from './entry.ts';
import { type Doing, integrate, waitsForChild } from './integrate.ts';
import { unpack } from './pack.ts';
import type { StatesRecord } from './record.ts';
import { finish, take } from './replay.ts';
import { type StatusChange, statusChange } from './status-event.ts';
import type { Store } from './store.ts';

export interface Running extends Doing {
  readonly store: Store;
  readonly onStatusChange: (event: StatusChange) => void;
  /** An execution has ended and is put away. */
  readonly ended: (entry: Entry) => void;
}

const NAME = 'states';

export const write = ({ ground }: Doing, record: StatesRecord): void => ground.log.write(NAME, record);

const startedOf = ({ ground }: Doing, { arn, revision, birth }: Entry, input: string): Started => ({
  kind: 'started',
  at: birth.at,
  input: JSON.parse(input),
  executionArn: arn,
  name: birth.name,
  roleArn: revision.roleArn,
  region: ground.region,
  stateMachine: { Id: revision.arn, Name: revision.name },
  seed: birth.seed,
  stateMachineVersionArn: birth.versionArn,
  stateMachineAliasArn: birth.aliasArn,
});

/** AWS bills each state entered, and a redrive like one. */
const BILLED = /StateEntered$|^ExecutionRedriven$/;

const meter = ({ ground }: Doing, { history }: Execution, from: number): void => {
  let entered = 0;
  for (let index = from; index < history.length; index += 1) if (BILLED.test(history[index]?.type ?? '')) entered += 1;
  if (entered > 0) ground.meter(NAME, 'state transitions', entered);
};

const endingOf = ({ status, stoppedAt, now, history }: Execution): Ending | undefined =>
  status === 'RUNNING' ? undefined : { status, stoppedAt: stoppedAt ?? now, events: history.length };

/** Once, when the execution has ended: written down, told and put away in the turn in which it happened. */
const settle = (running: Running, entry: Entry, live: Live, execution: Execution): void => {
  const ending = endingOf(execution);
  if (!ending || entry.live !== live) return;
  const outcome: Outcome = { output: execution.output?.json, error: execution.error, cause: execution.cause };
  write(running, { kind: 'end', execution: entry.arn, ending, outcome });
  finish(running.store, entry, ending, outcome);
  running.onStatusChange(statusChange(running.ground, entry, { input: live.input, ...outcome }));
  running.ended(entry);
};

/** A task's Credentials name the role it runs under; without them it is the machine's. */
const roleOf = ({ credentials }: TaskOrder, { revision }: Entry): string => {
  const { RoleArn: role } = Object(credentials) as { RoleArn?: unknown };
  return typeof role === 'string' ? role : revision.roleArn;
};

/** Does an order and hands the answer in, unless nobody waits for it any more. */
const perform = async (running: Running, entry: Entry, live: Live, order: TaskOrder): Promise<void> => {
  const { drive: driven } = live;
  const { task, token, resource } = order;
  if (!driven?.execution.tasks.has(task)) return;
  const answer = await integrate(running, order, roleOf(order, entry), `${entry.arn}#${task}`);
  if (!driven.execution.tasks.has(task)) return;
  if (!answer.ok) driven.send({ kind: 'failed', task, error: answer.error, cause: answer.cause });
  else if (!token && !waitsForChild(resource)) driven.send({ kind: 'succeeded', task, output: answer.output });
  else {
    driven.send({ kind: 'submitted', task, output: answer.output });
    await driven.idle();
    watchChild(running, entry, live, task);
  }
};

/** AWS ends the executions of a machine that is being deleted at their next transition. */
const endDeleted = ({ store }: Running, { revision }: Entry, { drive: driven }: Live, { history }: Execution, from: number): void => {
  if (store.machines.get(revision.arn)?.status !== 'DELETING') return;
  const entered = history.slice(from).some(({ type }: HistoryEvent) => type.endsWith('StateEntered'));
  if (entered) driven?.send({ kind: 'stopped', error: 'States.Runtime', cause: 'The state machine was deleted.' });
};

const hostOf = (running: Running, entry: Entry, live: Live, execution: Execution): Host => {
  const { scheduler } = running.ground;
  return {
    now: () => scheduler.now(),
    after: (ms, task) => scheduler.after(ms, task),
    perform: (order) => void scheduler.after(0, () => void perform(running, entry, live, order)),
    cancelled: (task) => dropChild(running, entry, live, task),
    accepted: (input) => {
      if (entry.live !== live) return;
      take(running.store, entry, input);
      write(running, { kind: 'input', execution: entry.arn, input });
    },
    stepped: (from) => {
      meter(running, execution, from);
      settle(running, entry, live, execution);
      endDeleted(running, entry, live, execution, from);
    },
  };
};

/** Lets a new execution begin. Its start is already in the log. */
export const launch = async (running: Running, entry: Entry, live: Live): Promise<void> => {
  const { execution, effects } = await start(entry.revision.machine(), startedOf(running, entry, live.input));
  live.drive = drive(execution, hostOf(running, entry, live, execution));
  meter(running, execution, 0);
  settle(running, entry, live, execution);
  live.drive.begin(effects);
};

const told = (running: Running, entry: Entry, input: string, inputs: readonly Input[]): Promise<Execution> =>
  rebuild(entry.revision.machine(), startedOf(running, entry, input), inputs);

/** Rebuilds an execution that runs from its inputs. Its history is the same again; timers and orders are as they were. */
export const rise = async (running: Running, entry: Entry, live: Live): Promise<void> => {
  const execution = await told(running, entry, live.input, [...live.inputs]);
  live.drive = drive(execution, hostOf(running, entry, live, execution));
};

/** Lets an execution of an earlier run go on. */
export const revive = async (running: Running, entry: Entry, live: Live): Promise<void> => {
  await rise(running, entry, live);
  if (!live.drive) return;
  settle(running, entry, live, live.drive.execution);
  if (entry.live !== live) return;
  live.drive.resume();
  watchAgain(running, entry, live);
};

/** How many ended executions stay open after somebody read their histories. */
const OPEN = 8;

/** An ended execution, rebuilt: its history comes in pages, so the last ones read stay at hand. */
const opened = (running: Running, entry: Entry, packed: string): Promise<Execution> => {
  const { open } = running.store;
  const known = open.get(packed);
  if (known) return known;
  const { input, inputs } = unpack(packed);
  const execution = told(running, entry, input, inputs);
  open.set(packed, execution);
  const [oldest] = open.keys();
  if (open.size > OPEN && oldest !== undefined) open.delete(oldest);
  return execution;
};

/** The execution as it stands after everything taken so far. */
export const standing = async (running: Running, entry: Entry): Promise<Execution> => {
  const { live } = entry;
  if (live) {
    await live.ready;
    await live.drive?.idle();
    if (live.drive) return live.drive.execution;
  }
  if (entry.packed === undefined) throw new Error(`Execution ${entry.arn} could not be rebuilt.`);
  return opened(running, entry, entry.packed);
};
