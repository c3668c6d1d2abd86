import type { Workflow } from '../../shared/contracts/workflow.ts';
import { compile } from './compile.ts';
import type { Output } from './output.ts';
import { page } from './page.ts';

/** Everything written for one workflow: its machine and its page. */
export const outputsOf = (workflow: Workflow): Output[] => [
  { path: `statemachines/compiled/${workflow.name}.asl.json`, text: `${JSON.stringify(compile(workflow), null, 2)}\n` },
  { path: `docs/workflows/${workflow.name}.md`, text: page(workflow) },
];
