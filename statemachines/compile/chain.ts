import type { Node, Parallel } from '../../shared/contracts/workflow.ts';
import { compileApproval } from './approval.ts';
import { goTo, SAME_INPUT, type State } from './asl.ts';
import { orCompensate, type Scope } from './scope.ts';
import { compileStep } from './step.ts';

/** Its input is every branch's input, and it hands the same on: what branches found out is in the store. */
const compileParallel = (node: Parallel, scope: Scope): Record<string, State> => {
  const branches = Object.entries(node.branches).map(([branch, nodes]) => ({
    Comment: branch,
    StartAt: nodes[0]?.name ?? '',
    States: chain(nodes, { ...scope, next: null, inBranch: true }),
  }));
  const catches = orCompensate(scope);
  return {
    [node.name]: {
      Type: 'Parallel',
      Branches: branches,
      ...(catches.length > 0 ? { Catch: catches } : {}),
      Output: SAME_INPUT,
      ...goTo(scope.next),
    },
  };
};

const compileNode = (node: Node, scope: Scope): Record<string, State> => {
  if (node.kind === 'step') return compileStep(node, scope);
  if (node.kind === 'parallel') return compileParallel(node, scope);
  return { ...compileApproval(node, node.then[0]?.name ?? scope.next, scope), ...chain(node.then, scope) };
};

/** Nodes one after the other; the last leads to `scope.next`. */
export const chain = (nodes: readonly Node[], scope: Scope): Record<string, State> =>
  Object.assign({}, ...nodes.map((node, at) => compileNode(node, { ...scope, next: nodes[at + 1]?.name ?? scope.next })));
