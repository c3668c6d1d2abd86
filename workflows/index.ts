import type { Workflow } from '../shared/contracts/workflow.ts';
import { gunfireResponse } from './gunfire-response.ts';

/** Every response, in the seed's order. */
export const workflows: readonly Workflow[] = [gunfireResponse];

const byName = new Map(workflows.map((workflow) => [workflow.name, workflow]));

export const workflowNamed = (name: string): Workflow | undefined => byName.get(name);
