import type { Revision } from './entry.ts';
import { imageOf, revisionsOf, type StateMachine } from './machine.ts';
import { type Running, write } from './runs.ts';
import { revisionRecord } from './snapshot.ts';
import { dropMachine } from './store.ts';

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
  const machine = store.machines.get(arn);
  if (machine?.status !== 'DELETING') return;
  for (const { live } of store.byMachine.get(arn)?.values() ?? []) if (live) return;
  const { deployed } = machine;
  dropMachine(store, arn, deployed);
  write(running, { kind: 'no-machine', arn, deployed });
};
