import { type AttributeValue, assign, attribute, freeze, type Item } from '../values/attribute.ts';
import { orderOf } from '../values/compare.ts';
import { hasBinary, itemSize } from '../values/size.ts';
import type { KeySchema } from './definition.ts';
import type { Index } from './secondary-index.ts';

/** A place in a collection (a table or an index): partition, order within it, and what parts equal orders in an index. */
export interface Place {
  readonly partition: string;
  readonly order: string;
  readonly tie: string;
}

/** What a collection holds at a place. */
export interface Entry extends Place {
  readonly item: Item;
  /** Bytes as DynamoDB counts them. */
  readonly size: number;
  readonly binary: boolean;
}

/** A stored item with its places in the table and in its indexes. Never changed: a write makes a new one. */
export interface Row extends Entry {
  readonly id: string;
  readonly entries: readonly (Entry | undefined)[];
}

const scalar = (value: AttributeValue): string => ('S' in value ? value.S : 'N' in value ? value.N : 'B' in value ? value.B : '');

/** Where an item with these keys belongs. The key must have been checked. */
export const placeOf = (item: Item, { partition, sort }: KeySchema): Omit<Place, 'tie'> => ({
  partition: scalar(attribute(item, partition.name) as AttributeValue),
  order: sort ? orderOf(attribute(item, sort.name) as AttributeValue) : '',
});

export const idOf = ({ partition, order }: Omit<Place, 'tie'>): string => `${partition.length}|${partition}${order}`;

export const compareInPartition = (a: Place, b: Place): number => {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.tie === b.tie ? 0 : a.tie < b.tie ? -1 : 1;
};

export const pickNames = (item: Item, names: readonly string[]): Item => {
  const picked: Record<string, AttributeValue> = {};
  for (const name of names) {
    const value = attribute(item, name);
    if (value) assign(picked, name, value);
  }
  return Object.freeze(picked);
};

/** An index holds an item only if it has all of the index's key attributes, each of its type and not empty. */
const indexed = (item: Item, { partition, sort }: KeySchema): boolean =>
  [partition, sort].every((key) => {
    const value = key && attribute(item, key.name);
    return !key || (value !== undefined && key.type in value && scalar(value) !== '');
  });

/** Entries of equal order in an index follow the table's own order; the id keeps them apart. */
export const tieOf = (item: Item, table: KeySchema): string => {
  const place = placeOf(item, table);
  return `${orderOf(attribute(item, table.partition.name) as AttributeValue)}\0${place.order}\0${idOf(place)}`;
};

const indexEntry = (item: Item, table: KeySchema, index: Index): Entry | undefined => {
  if (!indexed(item, index.keys)) return undefined;
  const projected = index.projected ? pickNames(item, index.projected) : item;
  return {
    ...placeOf(item, index.keys),
    tie: tieOf(item, table),
    item: projected,
    size: itemSize(projected),
    binary: hasBinary(projected),
  };
};

export const rowOf = (source: Item, keys: KeySchema, indexes: readonly Index[]): Row => {
  const item = freeze(source);
  const place = placeOf(item, keys);
  const entries = indexes.map((index) => indexEntry(item, keys, index));
  return { ...place, tie: '', id: idOf(place), item, size: itemSize(item), binary: hasBinary(item), entries };
};
