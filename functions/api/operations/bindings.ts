import type { PolicyBinding } from '../../../shared/contracts/policy-requests.ts';
import { stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import type { PolicyEngine } from '../../../shared/policy/index.ts';
import type { Perform } from '../operation.ts';
import { notFound, ok } from '../reply.ts';

type Clause = PolicyEngine['clauses'][number];
type Bound = PolicyBinding['workflows'][number];

const START = 'START_WORKFLOW';

const concerns = ({ actions }: Clause, action: string): boolean => actions?.has(action) ?? true;

/** Where in a workflow a clause is judged: at its start, and at each step whose action it is about. */
const at = (clause: Clause, { guardrails, steps }: Workflow): Bound['at'] => {
  const why = clause.always ? 'always' : guardrails.includes(clause.id) ? 'workflow' : undefined;
  const starts = why && concerns(clause, START) ? [{ action: START, why }] : [];
  const bound = stepsOf(steps).flatMap(({ name, action, guardrails: own }) => {
    const because = why ?? (own.includes(clause.id) ? 'step' : undefined);
    return because && concerns(clause, action) ? [{ step: name, action, why: because }] : [];
  });
  return [...starts, ...bound] as Bound['at'];
};

const binding = (clause: Clause, workflows: readonly Workflow[]): PolicyBinding => ({
  clause: clause.id,
  type: clause.type,
  severity: clause.severity,
  always: clause.always,
  workflows: workflows
    .map((workflow) => ({ workflow: workflow.name, version: workflow.version, at: at(clause, workflow) }))
    .filter(({ at: places }) => places.length > 0),
});

/** Every clause with every step it binds; of one workflow, or one clause, where the query names it. */
export const policyBindings =
  ({ workflows, policy }: { workflows: readonly Workflow[]; policy: PolicyEngine }): Perform<'policyBindings'> =>
  async ({ query: { workflow, clause } }) => {
    const looked = workflows.filter(({ name }) => workflow === undefined || name === workflow);
    const clauses = policy.clauses.filter(({ id }) => clause === undefined || id === clause);
    if (looked.length === 0)
      return notFound(`There is no workflow ${workflow}. There are: ${workflows.map(({ name }) => name).join(', ')}`);
    if (clauses.length === 0) return notFound(`There is no clause ${clause}. There are: ${policy.clauses.map(({ id }) => id).join(', ')}`);
    return ok({ items: clauses.map((one) => binding(one, looked)) });
  };
