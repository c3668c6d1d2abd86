import type { Scalar } from './term.ts';

/** Which element of which array a value came from: pairs of array number and index, in the order they were entered. */
export type Membership = readonly number[];
export interface Value {
  readonly value: Scalar;
  readonly membership: Membership;
}

const NOWHERE: Membership = [];

/** The wanted paths as a tree: one node a step. */
export interface Wanted {
  /** The full path, where somebody asks about it. */
  path: string | undefined;
  readonly below: Map<string, Wanted>;
  /** How often this step was asked for, here or below. */
  asked: number;
}

const node = (): Wanted => ({ path: undefined, below: new Map(), asked: 0 });

/** Asks for one more path. */
export const want = (root: Wanted, path: string): void => {
  let at = root;
  for (const step of path.split('.')) {
    const next = at.below.get(step) ?? node();
    at.below.set(step, next);
    next.asked += 1;
    at = next;
  }
  at.path = path;
};

/** Takes back one asking. A path that others ask for as well stays; one that only leads to theirs is kept for them and found in vain. */
export const unwant = (root: Wanted, path: string): void => {
  let at: Wanted | undefined = root;
  for (const step of path.split('.')) {
    const next: Wanted | undefined = at?.below.get(step);
    if (next) {
      next.asked -= 1;
      if (next.asked === 0) at?.below.delete(step);
    }
    at = next;
  }
};

export const wantedPaths = (paths: Iterable<string>): Wanted => {
  const root = node();
  for (const path of paths) want(root, path);
  return root;
};

interface Walk {
  readonly found: Map<string, Value[]>;
  /** How many arrays were entered. */
  arrays: number;
}

const keep = ({ found }: Walk, path: string, value: Scalar, membership: Membership): void => {
  const known = found.get(path);
  if (known) known.push({ value, membership });
  else found.set(path, [{ value, membership }]);
};

const visit = (walk: Walk, value: unknown, wanted: Wanted, membership: Membership): void => {
  if (Array.isArray(value)) elements(walk, value, wanted, membership);
  else if (typeof value === 'object' && value !== null) {
    if (wanted.below.size > 0) members(walk, value, wanted, membership);
  } else if (wanted.path !== undefined && value !== undefined) keep(walk, wanted.path, value as Scalar, membership);
};

const elements = (walk: Walk, values: readonly unknown[], wanted: Wanted, membership: Membership): void => {
  const id = walk.arrays;
  walk.arrays += 1;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value === 'object' && value !== null) visit(walk, value, wanted, [...membership, id, index]);
    // A value of the list itself belongs to no element.
    else if (wanted.path !== undefined && value !== undefined) keep(walk, wanted.path, value as Scalar, membership);
  }
};

/** A dot inside a key counts as nesting. No step that is asked for holds one. */
const under = (wanted: Wanted, name: string): Wanted | undefined => {
  const next = wanted.below.get(name);
  if (next || !name.includes('.')) return next;
  let at: Wanted | undefined = wanted;
  for (const step of name.split('.')) at = at?.below.get(step);
  return at;
};

const members = (walk: Walk, value: object, wanted: Wanted, membership: Membership): void => {
  for (const name of Object.keys(value)) {
    const next = under(wanted, name);
    if (next) visit(walk, (value as Record<string, unknown>)[name], next, membership);
  }
};

/** The event's values under the wanted paths. Arrays add no step to the path. */
export const flatten = (event: object, wanted: Wanted): Map<string, Value[]> => {
  const walk: Walk = { found: new Map(), arrays: 0 };
  members(walk, event, wanted, NOWHERE);
  return walk.found;
};

/** Joins two memberships, or undefined where they name different elements of one array. */
export const join = (left: Membership, right: Membership): Membership | undefined => {
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  const joined = [...left];
  for (let r = 0; r < right.length; r += 2) {
    let known = false;
    for (let l = 0; l < left.length; l += 2) {
      if (left[l] !== right[r]) continue;
      if (left[l + 1] !== right[r + 1]) return undefined;
      known = true;
    }
    if (!known) joined.push(right[r] as number, right[r + 1] as number);
  }
  return joined;
};
