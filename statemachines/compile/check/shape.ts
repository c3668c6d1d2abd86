import * as z from 'zod';
import { ActionType } from '../../../shared/contracts/vocabulary.ts';
import { flatten, type Node, Workflow } from '../../../shared/contracts/workflow.ts';
import { CLOSING } from '../compile.ts';
import { type Complaint, complaint } from './complaint.ts';

const isUnknownAction = (value: unknown, path: readonly PropertyKey[]): string | undefined => {
  if (path.at(-1) !== 'action') return undefined;
  const action = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
  return ActionType.safeParse(action).success ? undefined : String(action);
};

/** What is no workflow by its contract. */
export const checkShape = (value: unknown, name: string): Complaint[] => {
  const result = Workflow.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map((issue) => {
    const place = [name, ...issue.path.map(String)].join('.');
    const action = isUnknownAction(value, issue.path);
    return action === undefined
      ? complaint('SHAPE', place, issue.message, 'See shared/contracts/workflow.ts')
      : complaint('UNKNOWN_ACTION', place, `there is no action "${action}"`, `Use one of ${z.util.joinValues(ActionType.options, ', ')}`);
  });
};

const empty = (node: Node, place: string): Complaint[] => {
  if (node.kind === 'repeat' && node.steps.length === 0)
    return [complaint('EMPTY_BRANCH', place, 'its rounds do nothing', 'Give it a step or take it out')];
  if (node.kind !== 'parallel') return [];
  const branches = Object.entries(node.branches);
  if (branches.length === 0) return [complaint('EMPTY_BRANCH', place, 'it has no branches', 'Give it at least one')];
  return branches
    .filter(([, nodes]) => nodes.length === 0)
    .map(([branch]) => complaint('EMPTY_BRANCH', `${place}.${branch}`, 'the branch does nothing', 'Give it a step or take it out'));
};

/** Names, branches, and how a flow must open and close. */
export const checkFlow = (workflow: Workflow): Complaint[] => {
  const nodes = flatten(workflow.steps);
  const names = nodes.map(({ name }) => name);
  const place = (name: string): string => `${workflow.name}.${name}`;
  const actions = workflow.steps.map((node) => (node.kind === 'step' ? node.action : node.kind));
  return [
    ...[...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) =>
      complaint('DUPLICATE_NAME', place(name), 'two nodes have this name, and names are state names', 'Rename one'),
    ),
    ...names
      .filter((name) => CLOSING.includes(name))
      .map((name) => complaint('RESERVED_NAME', place(name), 'every machine has a state of this name', 'Rename the node')),
    ...nodes.flatMap((node) => empty(node, place(node.name))),
    ...(actions[0] === 'POLICY_VALIDATION'
      ? []
      : [complaint('OPENING_MISSING', workflow.name, 'it does not open with POLICY_VALIDATION', 'Make that its first step')]),
    ...(actions.at(-2) === 'RESOURCE_RELEASE' && actions.at(-1) === 'AUDIT_LOG'
      ? []
      : [
          complaint(
            'CLOSING_MISSING',
            workflow.name,
            'it does not close with RESOURCE_RELEASE and AUDIT_LOG',
            'Make those its last two steps',
          ),
        ]),
  ];
};
