import { flatten, type Node, type Parallel } from '../../shared/contracts/workflow.ts';
import { compileApproval } from './approval.ts';
import { goTo, leave, SAME_INPUT, type State, WITH_BRANCHES } from './asl.ts';
import { compileRepeat } from './repeat.ts';
import { entry, orCompensate, type Scope } from './scope.ts';
import { compileStep } from './step.ts';

/** Its input is every branch's input, and it hands the same on, with what its steps said where that is read: what branches found out is in the store. */
const compileParallel = (node: Parallel, scope: Scope): Record<string, State> => {
  const branches = Object.entries(node.branches).map(([branch, nodes]) => ({
    Comment: branch,
    StartAt: nodes[0] ? entry(nodes[0]) : '',
    States: chain(nodes, { ...scope, next: null, inBranch: true }),
  }));
  const catches = orCompensate(scope);
  const tells = flatten([node]).some(({ name }) => scope.told.has(name));
  return {
    [node.name]: {
      Type: 'Parallel',
      Branches: branches,
      ...(catches.length > 0 ? { Catch: catches } : {}),
      Output: tells ? WITH_BRANCHES : SAME_INPUT,
      ...goTo(scope.next),
    },
  };
};

/** A node under a condition is passed over where that does not hold; nothing is missing then. */
const compileWhen = (node: Node, scope: Scope): Record<string, State> => {
  if (node.when === undefined) return {};
  const [onward, leaving] = leave(scope.next, `${node.name}.passed`);
  return {
    [entry(node)]: { Type: 'Choice', Choices: [{ Condition: node.when, Next: node.name }], Default: onward },
    ...leaving,
  };
};

const compileNode = (node: Node, scope: Scope): Record<string, State> => {
  if (node.kind === 'step') return compileStep(node, scope);
  if (node.kind === 'parallel') return compileParallel(node, scope);
  if (node.kind === 'repeat') return compileRepeat(node, scope, chain);
  return compileApproval(node, scope, chain);
};

/** Nodes one after the other; the last leads to `scope.next`. */
export const chain = (nodes: readonly Node[], scope: Scope): Record<string, State> =>
  Object.assign(
    {},
    ...nodes.map((node, at) => {
      const after = nodes[at + 1];
      const here = { ...scope, next: after ? entry(after) : scope.next };
      return { ...compileWhen(node, here), ...compileNode(node, here) };
    }),
  );
