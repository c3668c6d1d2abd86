import type { Preference } from '../../../shared/contracts/resource-allocation.ts';
import type { ResourceType } from '../../../shared/contracts/vocabulary.ts';
import type { Approval, Node, Repeat, Step, Workflow } from '../../../shared/contracts/workflow.ts';
import { abilityInWords, inWords } from '../../../shared/domain/allocation/counts.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import { isStep, type Where, walk } from '../check/walk.ts';
import { levels } from '../hold.ts';
import { code, duration, section, shortly, table } from './words.ts';

const liked = ({ needs, prefers = {} }: Step): string[] =>
  (Object.entries(prefers) as [ResourceType, Preference][]).map(
    ([type, { count, withinS, ...asked }]) => `${count ?? needs[type]} ${type} ${abilityInWords(asked)} first within ${duration(withinS)}`,
  );

/** Its units, what each must have, who goes first, and how long it waits. */
const needs = (step: Step): string =>
  [
    ...(Object.keys(step.needs).length > 0 ? [inWords(step.needs, step.requires)] : []),
    ...liked(step),
    ...(step.waits === undefined ? [] : [`waits ${duration(step.waits)}`]),
  ].join('; ');

const stepRow = ({ node: step, behind }: Where<Step>): string[] => {
  const { performs } = vocabulary[step.action];
  const yes = behind.at(-1);
  return [
    code(step.name),
    step.action,
    performs === 'swoe' ? 'SWOE' : performs,
    duration(step.within),
    String(step.retries),
    needs(step),
    step.onFailure,
    step.undo,
    [...(step.when ? [code(shortly(step.when))] : []), ...(yes ? [`a yes to ${code(yes.name)}`] : [])].join(', '),
    step.legalBasis ?? '',
  ];
};

const HEAD = ['step', 'action', 'who', 'within', 'retries', 'needs', 'on failure', 'undo', 'only with', 'legal basis'];

const names = (nodes: readonly Node[]): string => nodes.map(({ name }) => code(name)).join(', ');

const approvalRow = (node: Approval): string[] => [
  code(node.name),
  node.question,
  node.second ? `${node.ask} and, another person, ${node.second}` : node.ask,
  duration(node.within),
  node.onSilence === 'refuse' ? 'means no' : `asks ${node.escalateTo.join(', then ')}, then means no`,
  names(node.then),
  names(node.otherwise) || 'goes on without',
  node.when ? code(shortly(node.when)) : '',
];

const repeatRow = (node: Repeat): string[] => [
  code(node.name),
  names(node.steps),
  duration(node.every),
  String(node.times),
  node.until ? code(shortly(node.until)) : '',
  node.when ? code(shortly(node.when)) : '',
];

const askedIfHeld = (step: Step): string =>
  levels(step)
    .map(({ ask, within }) => `${ask} ${duration(within)}`)
    .join(', then ');

/** Steps about which the same people are asked, together. */
const holds = (steps: readonly Step[]): string[] =>
  [...new Set(steps.map(askedIfHeld))].map((asked) => {
    const these = steps.filter((step) => askedIfHeld(step) === asked);
    return `- ${asked}: ${names(these)}`;
  });

/** What its steps are, whom they ask, and what goes round. */
export const way = (workflow: Workflow): string[] => {
  const nodes = walk(workflow);
  const steps = nodes.filter(isStep);
  const approvals = nodes.flatMap(({ node }) => (node.kind === 'approval' ? [node] : []));
  const repeats = nodes.flatMap(({ node }) => (node.kind === 'repeat' ? [node] : []));
  return [
    ...section('Its steps', [
      ...table(HEAD, steps.map(stepRow)),
      '',
      'A step that degrades is named in the run’s `missing`; the run is then reported as completed and degraded, never as plain COMPLETED. Undo `auto` may be done by a machine, `human` only by a named person, `never` cannot or must not be undone.',
    ]),
    ...section(
      'Whom it asks',
      approvals.length > 0
        ? table(['question', 'in words', 'asks', 'within', 'silence', 'a yes leads to', 'a no', 'only with'], approvals.map(approvalRow))
        : [],
      'Nobody.',
    ),
    ...section(
      'What goes round',
      repeats.length > 0 ? table(['rounds', 'of', 'every', 'at most', 'until', 'only with'], repeats.map(repeatRow)) : [],
    ),
    ...section('Who is asked about a step that is held', holds(steps.map(({ node }) => node))),
  ];
};
