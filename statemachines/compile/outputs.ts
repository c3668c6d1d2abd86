import type { Workflow } from '../../shared/contracts/workflow.ts';
import { type ParsedClause, parseClause } from '../../shared/policy/clause.ts';
import { embeddedAccess } from './access.ts';
import { compile } from './compile.ts';
import { embedded, embeddedRules } from './embed.ts';
import { factsPage } from './facts-page.ts';
import { guardrailsPage } from './guardrails-page.ts';
import type { Output } from './output.ts';
import { index } from './pages/index.ts';
import { page } from './pages/page.ts';

/** The text of a workflow's machine, as it is committed and deployed. */
export const machineText = (workflow: Workflow): string => `${JSON.stringify(compile(workflow), null, 2)}\n`;

/** Everything written for one workflow: its machine and its page. */
const outputsOfOne = (workflow: Workflow, clauses: readonly ParsedClause[]): Output[] => [
  { path: `statemachines/compiled/${workflow.name}.asl.json`, text: machineText(workflow) },
  { path: `docs/workflows/${workflow.name}.md`, text: page(workflow, clauses) },
];

/** Everything that is written: each workflow's machine and page, the table of them all, the page of facts, and what `texts`, the guardrails by id, and `access`, the rules of access, become. */
export const outputsOf = (
  workflows: readonly Workflow[],
  texts: Readonly<Record<string, string>>,
  access: Readonly<Record<string, string>>,
): Output[] => {
  const clauses = Object.entries(texts).map(([id, text]) => parseClause(id, text));
  return [
    embedded(texts),
    embeddedRules(texts),
    embeddedAccess(access),
    guardrailsPage(texts),
    factsPage(),
    ...workflows.flatMap((workflow) => outputsOfOne(workflow, clauses)),
    { path: 'docs/workflows/README.md', text: index(workflows) },
  ];
};
