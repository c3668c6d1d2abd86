import type { Input } from '../../../statemachines/interpret/protocol.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Entry, newLife, type Revision } from './entry.ts';
import { type MachineImage, revisionOf, type StateMachine } from './machine.ts';
import { pack, unpack } from './pack.ts';
import type { RevisionRecord, StatesRecord } from './record.ts';
import { addEntry, dropMachine, type Store } from './store.ts';

const damaged = (what: string): Refusal =>
  new Refusal(`The log has ${what}: the data directory is damaged; restore it from a copy, or start with --reset.`);

const revisionAt = (store: Store, hash: string): Revision => {
  const revision = store.revisions.get(hash);
  if (!revision) throw damaged(`a record that names the definition ${hash.slice(0, 12)}, which it does not hold`);
  return revision;
};

const entryOf = (store: Store, arn: string): Entry => {
  const entry = store.entries.get(arn);
  if (!entry) throw damaged(`an input of execution ${arn} but not its start`);
  return entry;
};

const behind = <T>(theirs: readonly T[], ours: readonly T[], name: (item: T) => unknown): T[] => {
  const taken = new Set(ours.map(name));
  return [...ours, ...theirs.filter((item) => !taken.has(name(item)))];
};

/**
 * What the API changed stands until the template brings something else; the versions, aliases and tags it made stand even then,
 * behind the template's own. A machine that only an earlier template had is gone.
 */
const machineFrom = (store: Store, image: MachineImage): StateMachine | undefined => {
  const versions = image.versions.map((version) => ({ ...version, revision: revisionAt(store, version.revision) }));
  const machine: StateMachine = { ...image, revision: revisionAt(store, image.revision), versions };
  const deployed = store.machines.get(image.arn);
  if (deployed?.deployed === image.deployed) return machine;
  if (!deployed) return undefined;
  return {
    ...deployed,
    tags: machine.tags,
    versions: behind(versions, deployed.versions, ({ number }) => number),
    lastVersion: Math.max(machine.lastVersion, deployed.lastVersion),
    aliases: behind(machine.aliases, deployed.aliases, ({ name }) => name),
  };
};

/** A definition that the template brings again was created when it first came. */
const replayRevision = (store: Store, record: RevisionRecord): void => {
  store.logged.add(record.hash);
  const revision = revisionOf(record);
  store.revisions.set(revision.hash, revision);
  const machine = store.machines.get(revision.arn);
  if (machine?.revision.hash !== revision.hash) return;
  const versions = machine.versions.map((version) => ({ ...version, revision, at: record.at }));
  store.machines.set(machine.arn, { ...machine, revision, versions, createdAt: record.at });
};

const replayMachine = (store: Store, image: MachineImage): void => {
  const machine = machineFrom(store, image);
  if (machine) store.machines.set(image.arn, machine);
};

/** Gives an ended execution its life back: its tale, open to new inputs. */
export const reopen = (entry: Entry): void => {
  if (entry.packed === undefined) return;
  const { input, inputs } = unpack(entry.packed);
  entry.live = newLife(input, inputs);
  entry.packed = undefined;
  entry.ending = undefined;
};

/** An input of an execution, its redrives counted. */
export const take = (store: Store, entry: Entry, input: Input): void => {
  if (input.kind === 'redriven') {
    reopen(entry);
    entry.redrives += 1;
    entry.redrivenAt = input.at;
    entry.redriveToken = input.clientToken;
    store.running.add(entry);
  }
  entry.live?.inputs.push(input);
};

/** Repeats one record of an earlier run. */
export const replayRecord = (store: Store, record: StatesRecord): void => {
  switch (record.kind) {
    case 'definition':
      replayRevision(store, record);
      return;
    case 'machine':
      replayMachine(store, record.image);
      return;
    case 'no-machine':
      dropMachine(store, record.arn, record.deployed);
      return;
    case 'start': {
      const entry = addEntry(store, record.arn, revisionAt(store, record.revision), record.birth);
      entry.live = newLife(record.input);
      store.running.add(entry);
      return;
    }
    case 'ended': {
      const { arn, revision, birth, ...rest } = record;
      const { ending, packed, redrives, redrivenAt, redriveToken } = rest;
      Object.assign(addEntry(store, arn, revisionAt(store, revision), birth), { ending, packed, redrives, redrivenAt, redriveToken });
      return;
    }
    case 'input':
      take(store, entryOf(store, record.execution), record.input);
      return;
    case 'end': {
      const entry = entryOf(store, record.execution);
      if (!entry.live) return;
      finish(store, entry, record.ending, record.outcome);
    }
  }
};

/** Puts an execution that ended away. */
export const finish = (store: Store, entry: Entry, ending: Entry['ending'], outcome: object): void => {
  if (!entry.live) return;
  const { input, inputs } = entry.live;
  entry.ending = ending;
  entry.packed = pack({ input, inputs, ...outcome });
  entry.live = undefined;
  store.running.delete(entry);
};
