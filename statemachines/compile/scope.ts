import type { Node } from '../../shared/contracts/workflow.ts';
import { ANY, caught, type Next } from './asl.ts';

export const COMPENSATE = 'compensate';

/** Where a node stands. In a branch an uncaught error ends the branch, and the outermost Parallel's catcher takes it. */
export interface Scope {
  readonly next: Next;
  readonly inBranch: boolean;
  readonly ordinals: ReadonlyMap<string, number>;
}

/** The last resort of a state outside any branch. */
export const orCompensate = ({ inBranch }: Scope) => (inBranch ? [] : [caught(ANY, 'failure', COMPENSATE)]);

export const ordinal = ({ ordinals }: Scope, name: string): number => ordinals.get(name) ?? 0;

/** Every node below, in the order the file is read. */
export const flatten = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'step') return [node];
    if (node.kind === 'approval') return [node, ...flatten(node.then)];
    return [node, ...Object.values(node.branches).flatMap(flatten)];
  });
