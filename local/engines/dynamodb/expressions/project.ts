import { type AttributeValue, assign, attribute, type Item } from '../values/attribute.ts';
import type { Placeholders } from './placeholders.ts';
import { type Path, pathText } from './syntax.ts';
import { ExpressionError } from './tokens.ts';

/** The wanted paths as a tree; a leaf (an empty map) takes the whole value. */
type Tree = Map<string | number, Tree>;

export interface Projection {
  readonly paths: readonly Path[];
  readonly tree: Tree;
}

const grow = (tree: Tree, path: Path): void => {
  let node = tree;
  for (const part of path) {
    const child = node.get(part) ?? new Map();
    node.set(part, child);
    node = child;
  }
};

export const projectionOf = (paths: readonly Path[]): Projection => {
  const tree: Tree = new Map();
  for (const path of paths) grow(tree, path);
  return { paths, tree };
};

const overlap = (one: Path, two: Path): void => {
  for (let at = 0; at < Math.min(one.length, two.length); at += 1) {
    if (one[at] === two[at]) continue;
    if (typeof one[at] === typeof two[at]) return;
    throw new ExpressionError(
      `Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(two)}`,
    );
  }
  throw new ExpressionError(
    `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(two)}`,
  );
};

export const bindProjection = (source: readonly Path[], fill: Placeholders): Projection => {
  const paths = source.map((path) => fill.path(path));
  paths.forEach((path, at) => {
    for (const earlier of paths.slice(0, at)) overlap(earlier, path);
  });
  return projectionOf(paths);
};

const pick = (value: AttributeValue, tree: Tree): AttributeValue | undefined => {
  if (tree.size === 0) return value;
  if ('M' in value) {
    const members = pickMembers(value.M, tree);
    return Object.keys(members).length > 0 ? { M: members } : undefined;
  }
  if (!('L' in value)) return undefined;
  const elements: AttributeValue[] = [];
  for (const [part, inner] of [...tree].sort(([a], [b]) => Number(a) - Number(b))) {
    const element = typeof part === 'number' ? value.L[part] : undefined;
    const picked = element && pick(element, inner);
    if (picked) elements.push(picked);
  }
  return elements.length > 0 ? { L: elements } : undefined;
};

const pickMembers = (item: Item, tree: Tree): Item => {
  const picked: Record<string, AttributeValue> = {};
  for (const [name, inner] of tree) {
    const value = typeof name === 'string' ? attribute(item, name) : undefined;
    const part = value && pick(value, inner);
    if (part) assign(picked, String(name), part);
  }
  return picked;
};

/** The parts of the item that the projection names; elements of a list close up. */
export const project = (item: Item, { tree }: Projection): Item => pickMembers(item, tree);
