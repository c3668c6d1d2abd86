import type { Scalar } from './term.ts';

/** Which element of which array a value came from: pairs of array number and index, in the order they were entered. */
export type Membership = readonly number[];
export interface Value {
  readonly value: Scalar;
  readonly membership: Membership;
}

const NOWHERE: Membership = [];

export interface Wanted {
  /** Full dotted paths the pattern asks about. */
  readonly names: ReadonlySet<string>;
  /** Every dotted beginning of those paths. */
  readonly beginnings: ReadonlySet<string>;
}

export const wantedPaths = (paths: Iterable<string>): Wanted => {
  const names = new Set(paths);
  const beginnings = new Set<string>();
  for (const name of names)
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) beginnings.add(name.slice(0, dot));
  return { names, beginnings };
};

/** The event's values under the wanted paths. A dot inside a key counts as nesting; arrays add no step to the path. */
export const flatten = (event: object, { names, beginnings }: Wanted): Map<string, Value[]> => {
  const found = new Map<string, Value[]>();
  let arrays = 0;

  const keep = (path: string, value: Scalar | undefined, membership: Membership): void => {
    if (value === undefined || !names.has(path)) return;
    const known = found.get(path);
    if (known) known.push({ value, membership });
    else found.set(path, [{ value, membership }]);
  };

  const array = (values: readonly unknown[], path: string, membership: Membership): void => {
    const id = arrays++;
    values.forEach((value, index) => {
      if (typeof value === 'object' && value !== null) visit(value, path, [...membership, id, index]);
      else keep(path, value as Scalar | undefined, membership);
    });
  };

  const visit = (value: unknown, path: string, membership: Membership): void => {
    if (Array.isArray(value)) array(value, path, membership);
    else if (typeof value === 'object' && value !== null) {
      if (beginnings.has(path)) members(value, `${path}.`, membership);
    } else keep(path, value as Scalar | undefined, membership);
  };

  const members = (value: object, prefix: string, membership: Membership): void => {
    for (const [name, member] of Object.entries(value)) {
      const path = prefix + name;
      if (names.has(path) || beginnings.has(path)) visit(member, path, membership);
    }
  };

  members(event, '', NOWHERE);
  return found;
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
