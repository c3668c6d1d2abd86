import { flatten, type Node } from '../../shared/contracts/workflow.ts';
import { ANY, caught, type Next } from './asl.ts';

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

const SAID = /\$states\.input\.said\.([a-z][A-Za-z0-9]*)/g;

/** Steps that conditions and arguments of these nodes read. */
export const readSteps = (nodes: readonly Node[]): ReadonlySet<string> => {
  const texts = flatten(nodes).flatMap((node) => [
    node.when ?? '',
    node.kind === 'repeat' ? (node.until ?? '') : '',
    node.kind === 'step' ? JSON.stringify(node.with) : '',
  ]);
  return new Set(texts.flatMap((text) => [...text.matchAll(SAID)].map(([, step]) => step ?? '')));
};
