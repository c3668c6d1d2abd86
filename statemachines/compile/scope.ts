import { flatten, type Node } from '../../shared/contracts/workflow.ts';
import { ANY, caught, type Next } from './asl.ts';
import { expressionsIn, readsOf } from './reads.ts';

export const COMPENSATE = 'compensate';

/** Where a node stands. In a branch an uncaught error ends the branch, and the outermost Parallel's catcher takes it. */
export interface Scope {
  readonly next: Next;
  readonly inBranch: boolean;
  readonly ordinals: ReadonlyMap<string, number>;
  /** Steps whose replies some condition or argument reads: what they said travels on. */
  readonly told: ReadonlySet<string>;
  /** The approvals it stands behind, outermost first. */
  readonly behind: readonly string[];
  /** JSONata for the number of the round it stands in; undefined outside a repeat. */
  readonly round?: string;
}

/** The last resort of a state outside any branch. */
export const orCompensate = ({ inBranch }: Scope) => (inBranch ? [] : [caught(ANY, 'failure', COMPENSATE)]);

export const ordinal = ({ ordinals }: Scope, name: string): number => ordinals.get(name) ?? 0;

/** The part of a command that says which round it is. */
export const roundOf = ({ round }: Scope): { round?: string } => (round === undefined ? {} : { round: `{% ${round} %}` });

/** The state a node begins with: its condition's, where it has one. */
export const entry = ({ name, when }: Node): string => (when === undefined ? name : `${name}.when`);

/** The expressions of a node itself, with their places: its conditions and its arguments. */
export const expressionsOf = (node: Node): [place: string, text: string][] => [
  ...expressionsIn(node.when, 'when'),
  ...(node.kind === 'repeat' ? expressionsIn(node.until, 'until') : []),
  ...(node.kind === 'step' ? expressionsIn(node.with, 'with') : []),
];

/** Steps whose replies conditions and arguments of these nodes read. */
export const readSteps = (nodes: readonly Node[]): ReadonlySet<string> => {
  const paths = flatten(nodes).flatMap((node) => expressionsOf(node).flatMap(([, text]) => readsOf(text)));
  return new Set(paths.flatMap(([what, step]) => (what === 'said' && step !== undefined ? [step] : [])));
};
