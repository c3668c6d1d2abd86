import { type Approval, flatten, type Node, type Step, type Workflow } from '../../../shared/contracts/workflow.ts';

/** A node, and where in its workflow it stands. */
export interface Where<N extends Node = Node> {
  readonly workflow: Workflow;
  readonly node: N;
  /** `workflow.node`, as complaints name it. */
  readonly place: string;
  /** The approvals whose yes it stands behind, outermost first. One outside a repeat is not one for each round, and does not count. */
  readonly behind: readonly Approval[];
  /** What must be true for it to run: the conditions of what it stands in, and its own. */
  readonly conditions: readonly string[];
  /** Nodes that have run, or were passed over, before it. */
  readonly before: readonly Node[];
}

type Surroundings = Pick<Where, 'workflow' | 'behind' | 'conditions' | 'before'>;

const inside = (node: Node, around: Surroundings): Where[] => {
  if (node.kind === 'step') return [];
  if (node.kind === 'repeat') return walkNodes(node.steps, { ...around, behind: [] });
  if (node.kind === 'parallel') return Object.values(node.branches).flatMap((nodes) => walkNodes(nodes, around));
  return [...walkNodes(node.then, { ...around, behind: [...around.behind, node] }), ...walkNodes(node.otherwise, around)];
};

const walkNodes = (nodes: readonly Node[], around: Surroundings): Where[] =>
  nodes.flatMap((node, at) => {
    const before = [...around.before, ...flatten(nodes.slice(0, at))];
    const conditions = node.when === undefined ? around.conditions : [...around.conditions, node.when];
    const here = { ...around, conditions, before };
    return [{ ...here, node, place: `${here.workflow.name}.${node.name}` }, ...inside(node, here)];
  });

/** Every node with its surroundings, in the order the file is read. */
export const walk = (workflow: Workflow): Where[] => walkNodes(workflow.steps, { workflow, behind: [], conditions: [], before: [] });

export const isStep = (where: Where): where is Where<Step> => where.node.kind === 'step';
export const isApproval = (where: Where): where is Where<Approval> => where.node.kind === 'approval';
