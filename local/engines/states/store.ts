import { createHash } from 'node:crypto';
import type { Definition } from '../../../statemachines/interpret/definition.ts';
import { prepare } from '../../../statemachines/interpret/machine.ts';
import type { Started } from '../../../statemachines/interpret/protocol.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Entry, StateMachine, StatesRecord } from './entry.ts';

export interface MachineText {
  arn: string;
  name: string;
  roleArn: string;
  text: string;
  at: number;
}

export const hashOf = ({ arn, roleArn, text }: MachineText): string =>
  createHash('sha256').update(`${arn}\n${roleArn}\n${text}`).digest('hex');

export const machineOf = (from: MachineText): StateMachine => ({
  arn: from.arn,
  name: from.name,
  roleArn: from.roleArn,
  text: from.text,
  hash: hashOf(from),
  machine: prepare(JSON.parse(from.text) as Definition),
  createdAt: from.at,
});

/** What the engine knows: machines as deployed, definitions that executions still use, and executions. */
export interface Store {
  readonly machines: Map<string, StateMachine>;
  /** By hash: those deployed now, and those of earlier deployments. */
  readonly definitions: Map<string, StateMachine>;
  /** Hashes that the log already holds. */
  readonly logged: Set<string>;
  readonly entries: Map<string, Entry>;
  /** Executions of a machine in the order they started. */
  readonly byMachine: Map<string, Entry[]>;
}

export const createStore = (): Store => ({
  machines: new Map(),
  definitions: new Map(),
  logged: new Set(),
  entries: new Map(),
  byMachine: new Map(),
});

export const addEntry = (store: Store, machine: StateMachine, started: Started, inputText: string): Entry => {
  const entry: Entry = {
    arn: started.executionArn,
    machine,
    started,
    inputText,
    ready: Promise.resolve(),
    answered: new Set(),
    inputs: [],
  };
  store.entries.set(entry.arn, entry);
  const siblings = store.byMachine.get(machine.arn);
  if (siblings) siblings.push(entry);
  else store.byMachine.set(machine.arn, [entry]);
  return entry;
};

export const machineAt = (store: Store, arn: string): StateMachine => {
  const machine = store.machines.get(arn);
  if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
};

export const entryAt = (store: Store, arn: string): Entry => {
  const entry = store.entries.get(arn);
  if (!entry) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return entry;
};

const entryOf = (store: Store, arn: string): Entry => {
  const entry = store.entries.get(arn);
  if (!entry)
    throw new Error(`The log has an input of execution ${arn} but not its start: the data directory is damaged; restore or remove it.`);
  return entry;
};

/** Repeats one record of an earlier run. */
export const replayRecord = (store: Store, record: StatesRecord): void => {
  if (record.kind === 'definition') {
    store.logged.add(record.hash);
    if (!store.definitions.has(record.hash)) store.definitions.set(record.hash, machineOf(record));
    return;
  }
  if (record.kind === 'start') {
    const machine = store.definitions.get(record.machine);
    if (!machine)
      throw new Error(
        `The log starts ${record.started.executionArn} with a definition it does not hold: the data directory is damaged; restore or remove it.`,
      );
    addEntry(store, machine, record.started, record.inputText);
    return;
  }
  const entry = entryOf(store, record.execution);
  if (record.kind === 'end') entry.ending = record.ending;
  else entry.inputs.push(record.input);
};
