import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { type Complaint, complaint } from './complaint.ts';
import { isStep, type Where } from './walk.ts';

/** Guardrails that a workflow or a step names and that nobody wrote. */
export const checkGuardrails = (workflow: Workflow, nodes: readonly Where[], clauses: readonly string[]): Complaint[] => {
  const named: [string, readonly string[]][] = [
    [workflow.name, workflow.guardrails],
    ...nodes.filter(isStep).map(({ place, node }): [string, readonly string[]] => [place, node.guardrails]),
  ];
  return named.flatMap(([place, ids]) =>
    ids
      .filter((id) => !clauses.includes(id))
      .map((id) =>
        complaint(
          'UNKNOWN_GUARDRAIL',
          `${place}.guardrails`,
          `there is no clause "${id}"`,
          `Write workflows/guardrails/${id}.cedar or name one of ${clauses.join(', ')}`,
        ),
      ),
  );
};
