import type { InputSpec, Trigger, Workflow } from '../../../shared/contracts/workflow.ts';
import type { ParsedClause } from '../../../shared/policy/clause.ts';
import { longestWay } from '../check/clocks.ts';
import { PAUSE_SECONDS } from '../hold.ts';
import { law } from './law.ts';
import { picture } from './picture.ts';
import { way } from './way.ts';
import { code, duration, section, table } from './words.ts';

const link = (name: string): string => `[${name}](${name}.md)`;

const triggerLines = (trigger: Trigger): string => {
  const { kind, why } = trigger;
  const after = kind === 'CHAIN' ? ` after ${link(trigger.after)}` : '';
  const at = kind === 'SCHEDULE' ? ` ${code(trigger.at)} (${trigger.timezone})` : '';
  const pattern = 'pattern' in trigger && trigger.pattern ? `\n  ${code(JSON.stringify(trigger.pattern))}` : '';
  return `- ${kind}${after}${at}${why ? `: ${why}` : ''}${pattern}`;
};

const inputRow = ([name, { type, values, required, from }]: [string, InputSpec]): string[] => [
  code(name),
  values ? values.join(', ') : type,
  required ? 'yes' : 'no',
  code(from),
];

const inputs = ({ inputs: given }: Workflow): string[] => {
  const rows = Object.entries(given).map(inputRow);
  return rows.length > 0 ? table(['input', 'what', 'required', 'in the event'], rows) : [];
};

const clocks = (workflow: Workflow): string[] => [
  `- Where nobody answers, and nothing is held, its longest way takes ${duration(longestWay(workflow))} of its ${duration(workflow.timeout)}.`,
  `- Its deadline moves with a pause, by ${duration(PAUSE_SECONDS)} at most.`,
];

const supersedes = ({ supersedes: taken }: Workflow): string[] =>
  taken.length > 0
    ? [`It takes over the units and approvals of ${taken.map(link).join(', ')} where that runs on the same incident, and ends it.`]
    : [];

/** The page that people read about a workflow. */
export const page = (workflow: Workflow, clauses: readonly ParsedClause[]): string =>
  [
    `# ${workflow.title}`,
    '',
    `${code(workflow.name)}, version ${workflow.version}, priority ${workflow.priority}, at most ${duration(workflow.timeout)}. Written by ${code('npm run compile')} from workflows/${workflow.name}.ts.`,
    '',
    workflow.purpose,
    '',
    ...section('What starts it', [...workflow.on.map(triggerLines), ...supersedes(workflow).flatMap((line) => ['', line])]),
    ...section('What it is given', inputs(workflow), 'Nothing.'),
    ...section('Its way', ['```mermaid', picture(workflow.steps), '```']),
    ...way(workflow),
    ...section('Its clocks', clocks(workflow)),
    ...law(workflow, clauses),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
