import { type AttributeValue, attribute, type Item, membersOf, typeOf } from './attribute.ts';
import { bytesOf } from './binary.ts';
import { compareNumbers, numberOrder } from './decimal.ts';

const BEYOND_ASCII_PLANE = /[\ud800-\uffff]/;

/** UTF-16 puts surrogates before U+E000; UTF-8, by which DynamoDB sorts, puts them after. This swaps the two ranges. */
const swapped = (text: string): string =>
  text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });

export const textOrder = (text: string): string => (BEYOND_ASCII_PLANE.test(text) ? swapped(text) : text);

/** Text that sorts, code unit by code unit, as DynamoDB sorts values of a key's type. */
export const orderOf = (value: AttributeValue): string => {
  if ('S' in value) return textOrder(value.S);
  if ('N' in value) return numberOrder(value.N);
  if ('B' in value) return bytesOf(value.B).toString('latin1');
  throw new Error(`values of type ${typeOf(value)} have no order`);
};

const sameMembers = (a: readonly string[], b: readonly string[]): boolean => {
  const known = new Set(a);
  return a.length === b.length && b.every((member) => known.has(member));
};

export const sameItems = (a: Item, b: Item): boolean => {
  if (a === b) return true;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const other = attribute(b, name);
    return other !== undefined && same(a[name] as AttributeValue, other);
  });
};

/** Equal in type and value; sets without regard to order. */
export const same = (a: AttributeValue, b: AttributeValue): boolean => {
  if (a === b) return true;
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if ('L' in a && 'L' in b) return a.L.length === b.L.length && a.L.every((element, at) => same(element, b.L[at] as AttributeValue));
  if ('M' in a && 'M' in b) return sameItems(a.M, b.M);
  if (type === 'SS' || type === 'NS' || type === 'BS') return sameMembers(membersOf(a), membersOf(b));
  return (a as Record<string, unknown>)[type] === (b as Record<string, unknown>)[type];
};

/** Negative, zero or positive; undefined where the two have no order (types differ, or the type has none). */
export const compare = (a: AttributeValue, b: AttributeValue): number | undefined => {
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  const comparable = ('S' in a && 'S' in b) || ('B' in a && 'B' in b);
  if (!comparable) return undefined;
  const [x, y] = [orderOf(a), orderOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};
