import { flatten, stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import { duration, table } from './words.ts';

const row = (workflow: Workflow): string[] => {
  const nodes = flatten(workflow.steps);
  const asked = nodes.flatMap((node) => (node.kind === 'approval' ? [node.ask, ...(node.second ? [node.second] : [])] : []));
  return [
    `[${workflow.title}](${workflow.name}.md)`,
    workflow.priority,
    String(workflow.version),
    [...new Set(workflow.on.map(({ kind }) => kind))].join(', '),
    String(stepsOf(workflow.steps).length),
    [...new Set(asked)].join(', '),
    duration(workflow.timeout),
    workflow.supersedes.join(', '),
  ];
};

/** The table of all responses. */
export const index = (workflows: readonly Workflow[]): string =>
  [
    '# Responses',
    '',
    'What SWOE may do, and in which order; written by `npm run compile` from `workflows/`. Each page has the picture, the clocks, whom it asks, its guardrails, and what it never does by itself.',
    '',
    ...table(['response', 'priority', 'version', 'started by', 'steps', 'asks', 'at most', 'takes over'], workflows.map(row)),
    '',
  ].join('\n');
