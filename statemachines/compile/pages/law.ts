import type { Workflow } from '../../../shared/contracts/workflow.ts';
import { stepsOf } from '../../../shared/contracts/workflow.ts';
import type { ParsedClause } from '../../../shared/policy/clause.ts';
import { NEVER_AUTOMATIC } from '../check/never-automatic.ts';
import { code, section, table } from './words.ts';

/** Where a clause stands: for the whole workflow, or for some of its steps. */
const stands = ({ guardrails, steps }: Workflow, { id, always }: ParsedClause): string[] => {
  if (guardrails.includes(id)) return ['the whole response'];
  const named = stepsOf(steps).filter((step) => step.guardrails.includes(id));
  if (named.length > 0) return [named.map(({ name }) => code(name)).join(', ')];
  return always ? ['every response'] : [];
};

const row = (workflow: Workflow, clause: ParsedClause): string[][] => {
  const link = `[${code(clause.id)}](../../workflows/guardrails/${clause.id}.cedar)`;
  return stands(workflow, clause).map((where) => [link, clause.type, clause.severity, where, clause.citation]);
};

/** Its guardrails, and what it never does by itself. */
export const law = (workflow: Workflow, clauses: readonly ParsedClause[]): string[] => {
  const never = NEVER_AUTOMATIC.filter(({ response }) => response === workflow.name);
  return [
    ...section('Its guardrails', [
      ...table(
        ['guardrail', 'type', 'severity', 'stands for', 'citation'],
        clauses.flatMap((clause) => row(workflow, clause)),
      ),
      '',
      'A guardrail withholds one action, never the response.',
    ]),
    ...section(
      'Never automatic',
      never.map(({ item, sentence }) => `- ${item}: ${sentence}.`),
    ),
  ];
};
