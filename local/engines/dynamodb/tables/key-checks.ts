import { invalid, invalidParameter } from '../faults.ts';
import { type AttributeValue, attribute, type Item, typeOf } from '../values/attribute.ts';
import { same } from '../values/compare.ts';
import type { KeyAttribute, KeySchema } from './definition.ts';
import type { Index } from './secondary-index.ts';

const LONGEST_PARTITION_KEY = 2048;
const LONGEST_SORT_KEY = 1024;

const bytes = (value: AttributeValue): number =>
  'S' in value ? Buffer.byteLength(value.S) : 'B' in value ? Buffer.byteLength(value.B, 'base64') : 0;

const empty = (value: AttributeValue): 'string' | 'binary' | undefined => {
  if ('S' in value && value.S === '') return 'string';
  return 'B' in value && value.B === '' ? 'binary' : undefined;
};

const checkContent = (value: AttributeValue, key: KeyAttribute, isSort: boolean): void => {
  const kind = empty(value);
  if (kind) {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${key.name}`,
    );
  }
  if (!isSort && bytes(value) > LONGEST_PARTITION_KEY) {
    throw invalidParameter(`Size of hashkey has exceeded the maximum size limit of${LONGEST_PARTITION_KEY} bytes`);
  }
  if (isSort && bytes(value) > LONGEST_SORT_KEY) {
    throw invalidParameter(`Aggregated size of all range keys has exceeded the size limit of ${LONGEST_SORT_KEY} bytes`);
  }
};

/** Whether the item has all of these key attributes, each of its type. */
export const fits = (item: Item, { parts }: KeySchema): boolean => {
  for (const { name, type } of parts) {
    const value = attribute(item, name);
    if (!value || !(type in value)) return false;
  }
  return true;
};

/** A `Key` parameter: exactly the table's key attributes, of their types. */
export const checkKey = (key: Item, keys: KeySchema): void => {
  if (Object.keys(key).length !== keys.parts.length || !fits(key, keys))
    throw invalid('The provided key element does not match the schema');
  for (const part of keys.parts) checkContent(attribute(key, part.name) as AttributeValue, part, part === keys.sort);
};

/** The key attributes within an item to be put. A batch says less of a wrong type, as in AWS. */
export const checkItemKey = (item: Item, keys: KeySchema, inBatch = false): void => {
  for (const part of keys.parts) {
    const value = attribute(item, part.name);
    if (!value) throw invalidParameter(`Missing the key ${part.name} in the item`);
    if (!(part.type in value)) {
      throw inBatch
        ? invalid('The provided key element does not match the schema')
        : invalidParameter(`Type mismatch for key ${part.name} expected: ${part.type} actual: ${typeOf(value)}`);
    }
    checkContent(value, part, part === keys.sort);
  }
};

/** Key attributes of indexes, where an item has them, must fit: what an update left as it was is not asked about. */
export const checkIndexKeys = (item: Item, indexes: readonly Index[], before?: Item): void => {
  for (const { name, keys } of indexes) {
    for (const part of keys.parts) {
      const value = attribute(item, part.name);
      const old = before && attribute(before, part.name);
      if (!value || (old && same(old, value))) continue;
      if (!(part.type in value)) {
        throw invalidParameter(
          `Type mismatch for Index Key ${part.name} Expected: ${part.type} Actual: ${typeOf(value)} IndexName: ${name}`,
        );
      }
      const kind = empty(value);
      if (!kind) continue;
      const reason = `The AttributeValue for a key attribute cannot contain an empty ${kind} value.`;
      throw invalid(
        before
          ? `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ${reason}`
          : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${reason} IndexName: ${name}, IndexKey: ${part.name}`,
      );
    }
  }
};
