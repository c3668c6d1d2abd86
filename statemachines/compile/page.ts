import { flatten, type Needs, type Node, type Step, type Trigger, type Workflow } from '../../shared/contracts/workflow.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { picture } from './picture.ts';

const needs = (wanted: Needs): string =>
  Object.entries(wanted)
    .map(([type, count]) => `${count} ${type}`)
    .join(', ') || '–';

const stepRow = (step: Step): string => {
  const { performs } = vocabulary[step.action];
  const by = performs === 'swoe' ? 'SWOE' : performs;
  return `| \`${step.name}\` | ${step.action} | ${by} | ${step.within} s | ${needs(step.needs)} | ${step.onFailure} | ${step.undo} | ${step.legalBasis ?? '–'} |`;
};

const row = (node: Node): string[] => {
  if (node.kind === 'step') return [stepRow(node)];
  if (node.kind === 'approval')
    return [
      `| \`${node.name}\` | approval | ${[node.ask, ...node.escalateTo].join(', then ')} | ${node.within} s | – | ${node.onSilence === 'refuse' ? 'silence means no' : 'silence escalates, then means no'} | – | – |`,
    ];
  return [];
};

const trigger = (trigger: Trigger): string => {
  const { kind, why } = trigger;
  const after = kind === 'CHAIN' ? ` after [${trigger.after}](${trigger.after}.md)` : '';
  const at = kind === 'SCHEDULE' ? ` \`${trigger.at}\` (${trigger.timezone})` : '';
  const pattern = 'pattern' in trigger && trigger.pattern ? `\n  \`${JSON.stringify(trigger.pattern)}\`` : '';
  return `- ${kind}${after}${at}${why ? `: ${why}` : ''}${pattern}`;
};

const inputs = (given: Workflow['inputs'], required: boolean): string =>
  Object.entries(given)
    .filter(([, spec]) => spec.required === required)
    .map(([name]) => name)
    .join(', ') || 'nothing';

/** The page that people read about a workflow. */
export const page = (workflow: Workflow): string =>
  [
    `# ${workflow.title}`,
    '',
    `\`${workflow.name}\`, version ${workflow.version}, priority ${workflow.priority}, at most ${workflow.timeout / 60} min. Written by \`npm run compile\` from workflows/${workflow.name}.ts.`,
    '',
    workflow.purpose,
    '',
    '## What starts it',
    '',
    ...workflow.on.map(trigger),
    '',
    `It cannot run without: ${inputs(workflow.inputs, true)}. It can use: ${inputs(workflow.inputs, false)}.`,
    '',
    '## Its way',
    '',
    '```mermaid',
    picture(workflow.steps),
    '```',
    '',
    '## Its steps',
    '',
    '| step | action | who | within | needs | on failure | undo | legal basis |',
    '|---|---|---|---|---|---|---|---|',
    ...flatten(workflow.steps).flatMap(row),
    '',
    'A step that degrades is named in the run’s `missing`; the run is then reported as completed and degraded, never as plain COMPLETED. Undo `auto` may be done by a machine, `human` only by a named person, `never` cannot or must not be undone.',
    '',
    '## Its guardrails',
    '',
    ...workflow.guardrails.map((id) => `- [\`${id}\`](../../workflows/guardrails/${id}.cedar)`),
    '',
    'The clauses marked `@always` apply besides. A guardrail withholds one action, never the response.',
    '',
  ].join('\n');
