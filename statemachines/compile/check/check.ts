import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { clauseTexts } from '../../../shared/policy/embedded.ts';
import { checkApproval } from './approval.ts';
import { checkClock, checkWay } from './clocks.ts';
import type { Complaint } from './complaint.ts';
import { checkExpressions, checkParse } from './conditions.ts';
import { checkGuardrails } from './guardrails.ts';
import { checkInputs } from './inputs.ts';
import { checkLaw } from './law.ts';
import { checkCompiled } from './machine.ts';
import { checkFlow, checkShape } from './shape.ts';
import { checkStep } from './step.ts';
import { checkTogether } from './together.ts';
import { checkTriggers } from './triggers.ts';
import { isApproval, isStep, type Where, walk } from './walk.ts';

export { checkClauses } from './clauses.ts';
export type { Complaint } from './complaint.ts';

/** What is wrong whatever the expressions say. */
const checkPlain = (workflow: Workflow, nodes: readonly Where[], clauses: readonly string[]): Complaint[] => [
  ...checkFlow(workflow),
  ...checkTriggers(workflow),
  ...checkInputs(workflow),
  ...checkGuardrails(workflow, nodes, clauses),
  ...checkWay(workflow),
  ...nodes.flatMap(checkClock),
  ...nodes.filter(isStep).flatMap(checkStep),
  ...nodes.filter(isApproval).flatMap(checkApproval),
];

/** Everything wrong with a workflow; empty when it compiles. `clauses` are the guardrails that exist. */
export const check = (workflow: Workflow, clauses: readonly string[] = Object.keys(clauseTexts)): Complaint[] => {
  const shape = checkShape(workflow, workflow.name);
  if (shape.length > 0) return shape;
  const nodes = walk(workflow);
  const parse = nodes.flatMap(checkParse);
  const plain = checkPlain(workflow, nodes, clauses);
  if (parse.length > 0) return [...plain, ...parse];
  const complaints = [...plain, ...nodes.flatMap(checkExpressions), ...checkLaw(workflow, nodes)];
  return complaints.length > 0 ? complaints : checkCompiled(workflow);
};

/** Everything wrong with workflows, each by itself and all together. */
export const checkAll = (workflows: readonly Workflow[], clauses?: readonly string[]): Complaint[] => [
  ...checkTogether(workflows),
  ...workflows.flatMap((workflow) => check(workflow, clauses)),
];
