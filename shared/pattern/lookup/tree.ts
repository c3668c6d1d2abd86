import { allPlain, type Condition, type Found, holds, valuesAt } from '../branch.ts';
import { dividing, leading } from './choose.ts';
import type { Entry, Rule } from './entry.ts';
import { childAt, childFor, dropChild, emptyNode, type Node } from './node.ts';
import type { Pool } from './pool.ts';

/** Where a walk down the tree has come to: by which paths, those of them that settled their condition, in how many places at once. */
interface Place {
  readonly node: Node;
  readonly used: readonly string[];
  readonly settled: readonly string[];
  readonly copies: number;
}

/** Tells every rule of which a branch holds for these values, some more than once. */
type Tell = (rule: Rule) => void;

/** `settled`: what the way here settled stands. */
const visit = (node: Node, found: Found, settled: boolean, tell: Tell): void => {
  for (let at: Node | undefined = node; at; at = at.rest) {
    if (at.path === undefined) judge(at, found, settled, tell);
    else visitChildren(at, at.path, found, settled, tell);
  }
};

const judge = ({ rules, open, entries }: Node, found: Found, settled: boolean, tell: Tell): void => {
  for (let nth = 0; nth < rules.length; nth += 1) {
    const conditions = settled ? open[nth] : entries[nth]?.conditions;
    if (holds(conditions as readonly Condition[], found)) tell(rules[nth] as Rule);
  }
};

const visitChildren = ({ exact, fans }: Node, path: string, found: Found, settled: boolean, tell: Tell): void => {
  const values = valuesAt(found, path);
  // Of a value in an array it must still be seen whether its element is the one in which all else holds.
  const still = settled && allPlain(values);
  for (const { value } of values) {
    const child = exact?.get(value);
    if (child) visit(child, found, still, tell);
    if (!fans) continue;
    for (const { probe, children } of fans) {
      const key = probe.read(value);
      const led = key === undefined ? undefined : children.get(key);
      if (led) visit(led, found, still, tell);
    }
  }
};

/** Branches of many patterns, divided by the values they ask for until few stand together. */
export const createTree = ({ lists }: Pool) => {
  const root: Place = { node: emptyNode(), used: [], settled: [], copies: 1 };

  const stand = ({ node, settled }: Place, entry: Entry): void => {
    const open = entry.conditions.filter(({ path }) => !settled.includes(path));
    node.entries.push(entry);
    node.rules.push(entry.rule);
    node.open.push(lists.shared(open));
  };

  const leave = (node: Node, nth: number): void => {
    node.entries.splice(nth, 1);
    node.rules.splice(nth, 1);
    for (const open of node.open.splice(nth, 1)) lists.giveBack(open);
  };

  const divide = (place: Place): void => {
    const { node, used, copies } = place;
    const path = dividing(node.entries, used, copies);
    if (path === undefined) {
      node.room *= 2;
      return;
    }
    const entries = [...node.entries];
    while (node.entries.length > 0) leave(node, node.entries.length - 1);
    node.path = path;
    for (const entry of entries) descend(place, path, entry);
  };

  const descend = ({ node, used, settled, copies }: Place, path: string, entry: Entry): void => {
    const marks = leading(entry, path, copies);
    const below = { used: [...used, path], settled, copies: copies * (marks?.length ?? 1) };
    if (!marks) {
      node.rest ??= emptyNode();
      insert({ ...below, node: node.rest }, entry);
    }
    for (const mark of marks ?? [])
      insert({ ...below, node: childFor(node, mark), settled: mark.sure ? [...settled, path] : settled }, entry);
  };

  const insert = (place: Place, entry: Entry): void => {
    const { node } = place;
    node.size += 1;
    if (node.path !== undefined) descend(place, node.path, entry);
    else {
      stand(place, entry);
      if (node.entries.length > node.room) divide(place);
    }
  };

  /** The same way down as it was put in, since a node never divides anew. */
  const take = (node: Node, entry: Entry, copies: number): void => {
    node.size -= 1;
    const marks = node.path === undefined ? undefined : leading(entry, node.path, copies);
    if (node.path === undefined) leave(node, node.entries.indexOf(entry));
    else if (!marks && node.rest) take(node.rest, entry, copies);
    for (const mark of marks ?? []) {
      const child = childAt(node, mark);
      if (child) take(child, entry, copies * (marks?.length ?? 1));
      if (child?.size === 0) dropChild(node, mark);
    }
  };

  return {
    insert: (entry: Entry): void => insert(root, entry),
    take: (entry: Entry): void => take(root.node, entry, 1),
    visit: (found: Found, tell: Tell): void => visit(root.node, found, true, tell),
  };
};
