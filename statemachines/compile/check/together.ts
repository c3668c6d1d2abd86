import { priorityRank } from '../../../shared/contracts/vocabulary.ts';
import type { Trigger, Workflow } from '../../../shared/contracts/workflow.ts';
import { type Complaint, complaint } from './complaint.ts';

type Chain = Extract<Trigger, { kind: 'CHAIN' }>;

const chainsOf = ({ on }: Workflow): Chain[] => on.filter((trigger): trigger is Chain => trigger.kind === 'CHAIN');

/** Workflows from which a way leads back to themselves. */
const cyclic = (workflows: readonly Workflow[], next: (workflow: Workflow) => readonly string[]): Workflow[] => {
  const byName = new Map(workflows.map((workflow) => [workflow.name, workflow]));
  const reached = (from: Workflow): Set<string> => {
    const seen = new Set<string>();
    const waiting = [...next(from)];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const found = byName.get(name);
      if (found) waiting.push(...next(found));
    }
    return seen;
  };
  return workflows.filter((workflow) => reached(workflow).has(workflow.name));
};

const unknown = (code: 'CHAIN_AFTER_UNKNOWN' | 'SUPERSEDES_UNKNOWN', place: string, name: string, names: readonly string[]): Complaint =>
  complaint(code, place, `there is no workflow "${name}"`, `Name one of ${names.join(', ')}`);

const missingInputs = (workflow: Workflow, { after }: Chain, earlier: Workflow, place: string): Complaint[] =>
  Object.entries(workflow.inputs)
    .filter(([name, { required, type }]) => required && type !== 'location' && earlier.inputs[name]?.type !== type)
    .map(([name]) =>
      complaint(
        'INPUT_NEVER_GIVEN',
        place,
        `${after} was given no ${name}, which is required`,
        `Make ${name} optional, or declare it in ${after} as well`,
      ),
    );

const checkChains = (workflow: Workflow, byName: ReadonlyMap<string, Workflow>): Complaint[] =>
  chainsOf(workflow).flatMap((trigger) => {
    const place = `${workflow.name}.on.${workflow.on.indexOf(trigger)}`;
    const earlier = byName.get(trigger.after);
    return earlier
      ? missingInputs(workflow, trigger, earlier, place)
      : [unknown('CHAIN_AFTER_UNKNOWN', place, trigger.after, [...byName.keys()])];
  });

/** What takes over must be at least as grave, or it would take units from what needs them more. */
const checkSuperseded = (workflow: Workflow, byName: ReadonlyMap<string, Workflow>): Complaint[] =>
  workflow.supersedes.flatMap((name) => {
    const place = `${workflow.name}.supersedes`;
    const other = byName.get(name);
    if (!other) return [unknown('SUPERSEDES_UNKNOWN', place, name, [...byName.keys()])];
    return priorityRank(other.priority) < priorityRank(workflow.priority)
      ? [
          complaint(
            'SUPERSEDES_GRAVER',
            place,
            `${name} is ${other.priority}, graver than ${workflow.priority}`,
            'Let the graver one take over',
          ),
        ]
      : [];
  });

/** What is wrong between workflows: names taken twice, chains and takings-over that lead nowhere, round, or down. */
export const checkTogether = (workflows: readonly Workflow[]): Complaint[] => {
  const byName = new Map(workflows.map((workflow) => [workflow.name, workflow]));
  const twice = workflows.filter((workflow) => byName.get(workflow.name) !== workflow);
  return [
    ...twice.map(({ name }) => complaint('DUPLICATE_WORKFLOW', name, 'two workflows have this name', 'Rename one')),
    ...workflows.flatMap((workflow) => [...checkChains(workflow, byName), ...checkSuperseded(workflow, byName)]),
    ...cyclic(workflows, (workflow) => chainsOf(workflow).map(({ after }) => after)).map(({ name }) =>
      complaint('CHAIN_IN_CIRCLES', `${name}.on`, 'the end of it leads to its own start again', 'Take one of the chains out'),
    ),
    ...cyclic(workflows, ({ supersedes }) => supersedes).map(({ name }) =>
      complaint(
        'SUPERSEDES_IN_CIRCLES',
        `${name}.supersedes`,
        'what it takes over takes over from it',
        'Let only the graver one take over',
      ),
    ),
  ];
};
