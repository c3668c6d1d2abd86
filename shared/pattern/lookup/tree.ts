import { type Found, valuesAt } from '../branch.ts';
import type { Scalar } from '../term.ts';
import { dividing, leading } from './choose.ts';
import type { Entry } from './entry.ts';
import type { Probe } from './probe.ts';

/** A few branches are judged faster than they are divided. */
const FEW = 4;

interface Division {
  readonly path: string;
  readonly probes: Map<string, { readonly probe: Probe; readonly children: Map<Scalar, Node> }>;
  /** What this path does not tell apart. */
  readonly rest: Node;
}

/** Branches, or the path by whose values they are divided. */
export interface Node {
  /** Branches at or below it. */
  size: number;
  entries: Entry[];
  division: Division | undefined;
  /** As many branches stand undivided here. */
  room: number;
}

/** Where a walk down the tree has come to. */
interface Place {
  readonly node: Node;
  readonly used: readonly string[];
  readonly copies: number;
}

export const emptyNode = (): Node => ({ size: 0, entries: [], division: undefined, room: FEW });

const childFor = ({ probes }: Division, { probe, key }: { probe: Probe; key: Scalar }): Node => {
  const known = probes.get(probe.name) ?? { probe, children: new Map<Scalar, Node>() };
  probes.set(probe.name, known);
  const child = known.children.get(key) ?? emptyNode();
  known.children.set(key, child);
  return child;
};

const divide = ({ node, used, copies }: Place): void => {
  const path = dividing(node.entries, used, copies);
  if (path === undefined) {
    node.room *= 2;
    return;
  }
  const entries = node.entries;
  node.entries = [];
  node.size -= entries.length;
  node.division = { path, probes: new Map(), rest: emptyNode() };
  for (const entry of entries) insert({ node, used, copies }, entry);
};

export const insert = (place: Place, entry: Entry): void => {
  const { node, used, copies } = place;
  node.size += 1;
  if (!node.division) {
    node.entries.push(entry);
    if (node.entries.length > node.room) divide(place);
    return;
  }
  const { path, rest } = node.division;
  const marks = leading(entry, path, copies);
  const below = { used: [...used, path], copies: copies * (marks?.length ?? 1) };
  if (marks) for (const mark of marks) insert({ node: childFor(node.division, mark), ...below }, entry);
  else insert({ node: rest, ...below }, entry);
};

/** Takes out what `insert` put in; the same way down, since a node never divides anew. */
export const take = (node: Node, entry: Entry, copies: number): void => {
  node.size -= 1;
  if (!node.division) {
    node.entries.splice(node.entries.indexOf(entry), 1);
    return;
  }
  const { path, probes, rest } = node.division;
  const marks = leading(entry, path, copies);
  if (!marks) take(rest, entry, copies);
  for (const { probe, key } of marks ?? []) {
    const children = probes.get(probe.name)?.children;
    const child = children?.get(key);
    if (child) take(child, entry, copies * (marks?.length ?? 1));
    if (child?.size === 0) children?.delete(key);
    if (children?.size === 0) probes.delete(probe.name);
  }
};

/** Tells of every branch that may hold for these values, some more than once; whoever asks still judges each. */
export const visit = (node: Node, found: Found, tell: (entry: Entry) => void): void => {
  for (let at: Node | undefined = node; at; at = at.division?.rest) {
    for (const entry of at.entries) tell(entry);
    if (at.division) visitChildren(at.division, found, tell);
  }
};

const visitChildren = ({ path, probes }: Division, found: Found, tell: (entry: Entry) => void): void => {
  const values = valuesAt(found, path);
  if (values.length === 0) return;
  for (const { probe, children } of probes.values())
    for (const { value } of values) {
      const key = probe.read(value);
      const child = key === undefined ? undefined : children.get(key);
      if (child) visit(child, found, tell);
    }
};
