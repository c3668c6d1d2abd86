import type { Revision } from './entry.ts';
import { imageOf, revisionsOf, type StateMachine } from './machine.ts';
import { type Running, write } from './runs.ts';
import { revisionRecord } from './snapshot.ts';
import { dropEntry } from './store.ts';

/** A definition goes into the log once, before the first record that names it. */
export const keep = (running: Running, revision: Revision): void => {
  const { logged, revisions } = running.store;
  revisions.set(revision.hash, revision);
  if (logged.has(revision.hash)) return;
  logged.add(revision.hash);
  write(running, revisionRecord(revision));
};

/** Puts a changed machine in the place of the one before, and writes it down. */
export const put = (running: Running, machine: StateMachine): StateMachine => {
  for (const revision of revisionsOf(machine)) keep(running, revision);
  running.store.machines.set(machine.arn, machine);
  write(running, { kind: 'machine', image: imageOf(machine) });
  return machine;
};

/** A machine that is being deleted goes, with its executions, when none of them runs any more. */
export const dropDeleted = (running: Running, arn: string): void => {
  const { store } = running;
  if (store.machines.get(arn)?.status !== 'DELETING') return;
  const entries = [...(store.byMachine.get(arn)?.values() ?? [])];
  if (entries.some(({ live }) => live)) return;
  for (const entry of entries) dropEntry(store, entry);
  store.machines.delete(arn);
  write(running, { kind: 'no-machine', arn });
};
