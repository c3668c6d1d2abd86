import type { Condition } from '../branch.ts';
import type { Scalar } from '../term.ts';
import type { Entry, Rule } from './entry.ts';
import type { Mark } from './marks.ts';
import { EXACT, type Probe } from './probe.ts';

export type Children = Map<Scalar, Node>;

/** What is read off a value by one probe, and where each key leads. */
export interface Fan {
  readonly probe: Probe;
  readonly children: Children;
}

/** Branches, or the path by whose values they are divided. Lists stand side by side, so that a look touches little memory. */
export interface Node {
  /** Branches at or below it, each as often as it stands there. */
  size: number;
  /** As many branches stand undivided here. */
  room: number;
  readonly entries: Entry[];
  /** The rule of each entry, and what the way to this place has not settled of its conditions yet. */
  readonly rules: Rule[];
  readonly open: (readonly Condition[])[];
  path: string | undefined;
  /** Where a value itself leads; other probes have fans. */
  exact: Children | undefined;
  fans: Fan[] | undefined;
  /** What this path does not tell apart. */
  rest: Node | undefined;
}

/** A few branches are judged faster than they are divided. */
const FEW = 8;

export const emptyNode = (): Node => ({
  size: 0,
  room: FEW,
  entries: [],
  rules: [],
  open: [],
  path: undefined,
  exact: undefined,
  fans: undefined,
  rest: undefined,
});

const childrenOf = (node: Node, { probe }: Mark): Children | undefined =>
  probe === EXACT ? node.exact : node.fans?.find((fan) => fan.probe.name === probe.name)?.children;

const makeChildren = (node: Node, { probe }: Mark): Children => {
  const children: Children = new Map();
  if (probe === EXACT) node.exact = children;
  else node.fans = [...(node.fans ?? []), { probe, children }];
  return children;
};

export const childAt = (node: Node, mark: Mark): Node | undefined => childrenOf(node, mark)?.get(mark.key);

export const childFor = (node: Node, mark: Mark): Node => {
  const children = childrenOf(node, mark) ?? makeChildren(node, mark);
  const child = children.get(mark.key) ?? emptyNode();
  children.set(mark.key, child);
  return child;
};

/** Takes a child away that holds nothing any more, and its fan with the last of them. */
export const dropChild = (node: Node, mark: Mark): void => {
  const children = childrenOf(node, mark);
  children?.delete(mark.key);
  if (children?.size === 0) node.fans = node.fans?.filter((fan) => fan.children !== children);
};
