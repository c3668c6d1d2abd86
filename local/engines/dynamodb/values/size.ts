import { type AttributeValue, type Item, membersOf } from './attribute.ts';
import { numberSize } from './decimal.ts';

export const LARGEST_ITEM = 400 * 1024;

const binarySize = (base64: string): number => Buffer.byteLength(base64, 'base64');

const sum = <T>(values: readonly T[], size: (value: T) => number): number => values.reduce((total, value) => total + size(value), 0);

const valueSize = (value: AttributeValue): number => {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return binarySize(value.B);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('L' in value) return 3 + value.L.length + sum(value.L, valueSize);
  if ('M' in value) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if ('NS' in value) return sum(value.NS, numberSize);
  return sum(membersOf(value), 'BS' in value ? binarySize : Buffer.byteLength);
};

/** Bytes as DynamoDB counts them for limits and capacity: names and values in UTF-8, three for a list or map and one for each entry. */
export const itemSize = (item: Item): number => {
  let size = 0;
  for (const name of Object.keys(item)) size += Buffer.byteLength(name) + valueSize(item[name] as AttributeValue);
  return size;
};

/** Whether anything in the item is binary, which leaves this engine in another form than it is kept in. */
export const hasBinary = (item: Item): boolean => Object.values(item).some(isBinary);

const isBinary = (value: AttributeValue): boolean => {
  if ('B' in value || 'BS' in value) return true;
  if ('L' in value) return value.L.some(isBinary);
  return 'M' in value && hasBinary(value.M);
};
