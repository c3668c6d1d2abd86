import { type AttributeValue, type Item, typeOf } from './attribute.ts';
import { numberSize } from './decimal.ts';

export const LARGEST_ITEM = 400 * 1024;

/** Up to this length a look at each character is quicker than a call into Node. */
const SHORT = 24;

/** Bytes of the text in UTF-8. */
export const textSize = (text: string): number => {
  if (text.length > SHORT) return Buffer.byteLength(text);
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return Buffer.byteLength(text);
  return text.length;
};

const binarySize = (base64: string): number => Buffer.byteLength(base64, 'base64');

const sum = <T>(values: readonly T[], size: (value: T) => number): number => {
  let total = 0;
  for (const value of values) total += size(value);
  return total;
};

/** A value of which the type was already looked at. */
interface Held {
  readonly S: string;
  readonly N: string;
  readonly B: string;
  readonly M: Item;
  readonly L: readonly AttributeValue[];
  readonly SS: readonly string[];
  readonly NS: readonly string[];
  readonly BS: readonly string[];
}

const valueSize = (value: AttributeValue): number => {
  const held = value as unknown as Held;
  switch (typeOf(value)) {
    case 'S':
      return textSize(held.S);
    case 'N':
      return numberSize(held.N);
    case 'B':
      return binarySize(held.B);
    case 'L':
      return 3 + held.L.length + sum(held.L, valueSize);
    case 'M':
      return 3 + Object.keys(held.M).length + itemSize(held.M);
    case 'SS':
      return sum(held.SS, textSize);
    case 'NS':
      return sum(held.NS, numberSize);
    case 'BS':
      return sum(held.BS, binarySize);
    default:
      return 1;
  }
};

export const attributeSize = (name: string, value: AttributeValue): number => textSize(name) + valueSize(value);

/** Bytes as DynamoDB counts them for limits and capacity: names and values in UTF-8, three for a list or map and one for each entry. */
export const itemSize = (item: Item): number => {
  let size = 0;
  for (const name of Object.keys(item)) size += attributeSize(name, item[name] as AttributeValue);
  return size;
};

/** Whether anything in the item is binary, which leaves this engine in another form than it is kept in. */
export const hasBinary = (item: Item): boolean => {
  for (const name of Object.keys(item)) if (isBinary(item[name] as AttributeValue)) return true;
  return false;
};

export const isBinary = (value: AttributeValue): boolean => {
  const type = typeOf(value);
  if (type === 'S' || type === 'N') return false;
  if ('B' in value || 'BS' in value) return true;
  if ('L' in value) return value.L.some(isBinary);
  return 'M' in value && hasBinary(value.M);
};
