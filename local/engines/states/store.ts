import type { Execution } from '../../../statemachines/interpret/execution.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Birth, Entry, Revision } from './entry.ts';
import type { StateMachine } from './machine.ts';

/** What the engine knows: machines as they stand, the revisions that anything uses, and executions. */
export interface Store {
  readonly machines: Map<string, StateMachine>;
  /** Machines of the template that a call deleted, with what the template had brought. */
  readonly gone: Map<string, string>;
  /** By hash: those deployed now, and those that executions and versions still use. */
  readonly revisions: Map<string, Revision>;
  /** Hashes that the log already holds. */
  readonly logged: Set<string>;
  /** In the order they started. */
  readonly entries: Map<string, Entry>;
  readonly byMachine: Map<string, Map<string, Entry>>;
  readonly running: Set<Entry>;
  /** Who is to be told when an execution ends. */
  readonly awaited: Map<string, (() => void)[]>;
  /** The last ended executions whose histories somebody read. */
  readonly open: Map<string, Promise<Execution>>;
  ordinal: number;
}

export const createStore = (): Store => ({
  machines: new Map(),
  gone: new Map(),
  revisions: new Map(),
  logged: new Set(),
  entries: new Map(),
  byMachine: new Map(),
  running: new Set(),
  awaited: new Map(),
  open: new Map(),
  ordinal: 0,
});

/** Puts a new execution in; whoever calls gives it its life or its end. */
export const addEntry = (store: Store, arn: string, revision: Revision, birth: Birth): Entry => {
  store.ordinal += 1;
  const entry: Entry = { arn, revision, birth, ordinal: store.ordinal, redrives: 0 };
  store.entries.set(arn, entry);
  const siblings = store.byMachine.get(revision.arn) ?? new Map<string, Entry>();
  siblings.set(arn, entry);
  store.byMachine.set(revision.arn, siblings);
  return entry;
};

export const dropEntry = (store: Store, entry: Entry): void => {
  store.entries.delete(entry.arn);
  store.running.delete(entry);
  const siblings = store.byMachine.get(entry.revision.arn);
  siblings?.delete(entry.arn);
  if (siblings?.size === 0) store.byMachine.delete(entry.revision.arn);
};

/** A deleted machine goes with its executions. */
export const dropMachine = (store: Store, arn: string, deployed: string | undefined): void => {
  for (const entry of [...(store.byMachine.get(arn)?.values() ?? [])]) dropEntry(store, entry);
  if (store.machines.get(arn)?.deployed === deployed) store.machines.delete(arn);
  if (deployed !== undefined) store.gone.set(arn, deployed);
};

/** AWS keeps an execution, and its name, for 90 days after its end. */
const KEPT_MS = 90 * 86_400_000;

const expired = ({ ending }: Entry, now: number): boolean => ending !== undefined && now - ending.stoppedAt > KEPT_MS;

/** Lets the executions go that AWS would have forgotten. */
export const forget = (store: Store, now: number): void => {
  for (const entry of store.entries.values()) if (expired(entry, now)) dropEntry(store, entry);
};

/** The same for the oldest alone: cheap enough for every call. */
export const forgetOldest = (store: Store, now: number): void => {
  for (const entry of store.entries.values()) {
    if (!expired(entry, now)) return;
    dropEntry(store, entry);
  }
};

export const entryAt = (store: Store, arn: string): Entry => {
  if (!/^arn:[^:]*:states:[^:]*:[^:]*:execution:[^:]+:[^:]+$/.test(arn)) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  const entry = store.entries.get(arn);
  if (!entry) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return entry;
};

const MACHINE_ARN = /^(arn:[^:]*:states:[^:]*:[^:]*:stateMachine:[^:]+)(?::([^:]+))?$/;

/** The machine's ARN, and the version's number or alias's name behind it. */
export const splitArn = (arn: string): { arn: string; qualifier: string | undefined } => {
  const [, machine, qualifier] = MACHINE_ARN.exec(arn) ?? [];
  if (!machine) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  return { arn: machine, qualifier };
};

/** The machine of an ARN, which may name a version or an alias of it. */
export const machineAt = (store: Store, arn: string): StateMachine => {
  const machine = store.machines.get(splitArn(arn).arn);
  if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
};

/** One that is to be changed: named without a version or alias, and not being deleted. */
export const changeable = (store: Store, arn: string): StateMachine => {
  if (splitArn(arn).qualifier)
    throw new AwsError('ValidationException', `'${arn}' names a version or an alias, and this is done to a state machine: leave that off.`);
  return living(machineAt(store, arn));
};

export const living = (machine: StateMachine): StateMachine => {
  if (machine.status === 'DELETING') throw new AwsError('StateMachineDeleting', `State Machine is being deleted: '${machine.arn}'`);
  return machine;
};
