import { below, type Node, type Workflow } from '../../../shared/contracts/workflow.ts';
import { clauseTexts } from '../../../shared/policy/embedded.ts';
import { type Complaint, complaint } from './complaint.ts';
import { checkFlow, checkShape } from './shape.ts';
import { checkStep } from './step.ts';

export { checkClauses } from './clauses.ts';
export type { Complaint } from './complaint.ts';

const checkNodes = (nodes: readonly Node[], approved: boolean, workflow: Workflow, clauses: readonly string[]): Complaint[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'step') return checkStep(node, approved, workflow, clauses);
    if (node.kind !== 'approval') return checkNodes(below(node), approved, workflow, clauses);
    const long = node.within * (1 + node.escalateTo.length) > workflow.timeout;
    return [
      ...(long
        ? [
            complaint(
              'TIMEOUT_TOO_LONG',
              `${workflow.name}.${node.name}.within`,
              "the question may wait longer than the workflow's own clock",
              'Shorten it or lengthen the workflow',
            ),
          ]
        : []),
      ...checkNodes(node.then, true, workflow, clauses),
      ...checkNodes(node.otherwise, approved, workflow, clauses),
    ];
  });

/** Everything wrong with a workflow; empty when it compiles. `clauses` are the guardrails that exist. */
export const check = (workflow: Workflow, clauses: readonly string[] = Object.keys(clauseTexts)): Complaint[] => {
  const shape = checkShape(workflow, workflow.name);
  if (shape.length > 0) return shape;
  return [
    ...checkFlow(workflow),
    ...workflow.guardrails
      .filter((id) => !clauses.includes(id))
      .map((id) =>
        complaint(
          'UNKNOWN_GUARDRAIL',
          `${workflow.name}.guardrails`,
          `there is no clause "${id}"`,
          `Write workflows/guardrails/${id}.cedar or name one of ${clauses.join(', ')}`,
        ),
      ),
    ...checkNodes(workflow.steps, false, workflow, clauses),
  ];
};
