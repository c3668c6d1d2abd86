import { type AttributeValue, assign, attribute, type Item } from '../values/attribute.ts';
import type { Path } from './syntax.ts';

/** Reading and changing values by document path. Nothing is changed in place: what lies on a path is copied. */
const step = (value: AttributeValue | undefined, part: string | number): AttributeValue | undefined => {
  if (value === undefined) return undefined;
  if (typeof part === 'number') return 'L' in value ? value.L[part] : undefined;
  return 'M' in value ? attribute(value.M, part) : undefined;
};

export const valueAt = (item: Item, path: Path): AttributeValue | undefined => {
  let value = attribute(item, path[0] as string);
  for (let at = 1; at < path.length && value !== undefined; at += 1) value = step(value, path[at] as string | number);
  return value;
};

const withMember = (item: Item, name: string, value: AttributeValue | undefined): Item => {
  const copy: Record<string, AttributeValue> = { ...item };
  if (value === undefined) delete copy[name];
  else assign(copy, name, value);
  return copy;
};

const withElement = (list: readonly AttributeValue[], at: number, value: AttributeValue | undefined): readonly AttributeValue[] => {
  if (value === undefined) return list.filter((_, index) => index !== at);
  return at < list.length ? list.with(at, value) : [...list, value];
};

/** The value with `leaf` at what `path` names from position `from` on (nothing there, if undefined); undefined where the path leads through something that has no such part. */
export const replaced = (
  value: AttributeValue | undefined,
  path: Path,
  from: number,
  leaf: AttributeValue | undefined,
): AttributeValue | undefined => {
  if (from === path.length) return leaf;
  const part = path[from] as string | number;
  const child = step(value, part);
  const inner = from === path.length - 1 ? leaf : replaced(child, path, from + 1, leaf);
  if (inner === undefined && (leaf !== undefined || from < path.length - 1)) return undefined;
  if (value !== undefined && 'L' in value && typeof part === 'number') return { L: withElement(value.L, part, inner) };
  if (value !== undefined && 'M' in value && typeof part === 'string') return { M: withMember(value.M, part, inner) };
  return undefined;
};
