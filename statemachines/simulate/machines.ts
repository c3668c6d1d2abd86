import type { Workflow } from '../../shared/contracts/workflow.ts';
import { compile } from '../compile/compile.ts';
import type { Definition } from '../interpret/definition.ts';
import { type Machine, prepare } from '../interpret/machine.ts';

const machines = new WeakMap<Workflow, Machine>();

/** The machine that would be deployed: compiled once for each workflow and prepared once, for any number of simulations. */
export const machineOf = (workflow: Workflow): Machine => {
  const known = machines.get(workflow);
  if (known) return known;
  const machine = prepare(compile(workflow) as unknown as Definition);
  machines.set(workflow, machine);
  return machine;
};
