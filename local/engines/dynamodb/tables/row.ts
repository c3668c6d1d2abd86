import { type AttributeValue, assign, attribute, type Item } from '../values/attribute.ts';
import { orderOf } from '../values/compare.ts';
import { hasBinary, itemSize } from '../values/size.ts';
import type { KeyAttribute, KeySchema } from './definition.ts';
import type { Index } from './secondary-index.ts';

/** A place in a collection (a table or an index): partition and order within it, as text that sorts as the keys do. */
export interface Place {
  readonly partition: string;
  readonly order: string;
  /** In an index, the place in the table: it keeps entries of equal order apart. */
  readonly home?: Place | undefined;
}

/** What a collection holds at a place. */
export interface Entry extends Place {
  readonly item: Item;
  /** Bytes as DynamoDB counts them. */
  readonly size: number;
  readonly binary: boolean;
}

const keyText = (item: Item, { name }: KeyAttribute): string => orderOf(attribute(item, name) as AttributeValue);

/** Where an item with these keys belongs. The key must have been checked. */
export const placeOf = (item: Item, { partition, sort }: KeySchema): Place => ({
  partition: keyText(item, partition),
  order: sort ? keyText(item, sort) : '',
});

export const idOf = ({ partition, order }: Place): string => `${partition.length}|${partition}${order}`;

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

export const compareInPartition = (a: Place, b: Place): number => {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  if (!a.home || !b.home) return 0;
  return compareText(a.home.partition, b.home.partition) || compareText(a.home.order, b.home.order);
};

export const pickNames = (item: Item, names: readonly string[]): Item => {
  const picked: Record<string, AttributeValue> = {};
  for (const name of names) {
    const value = attribute(item, name);
    if (value) assign(picked, name, value);
  }
  return Object.freeze(picked);
};

/** A stored item with its places in the table and in its indexes. Never changed: a write makes a new one. */
export class Row implements Entry {
  readonly id: string;
  readonly entries: readonly (IndexEntry | undefined)[];
  readonly home = undefined;

  constructor(
    readonly partition: string,
    readonly order: string,
    readonly item: Item,
    readonly size: number,
    readonly binary: boolean,
    indexes: readonly Index[],
  ) {
    this.id = idOf(this);
    this.entries = indexes.length > 0 ? indexes.map((index) => entryOf(this, index)) : NO_ENTRIES;
  }
}

const NO_ENTRIES: readonly undefined[] = [];

/** A row's place in one index; what the index projects of it is worked out when somebody asks. */
export class IndexEntry implements Entry {
  private shown: Item | undefined;
  private bytes: number | undefined;

  constructor(
    readonly partition: string,
    readonly order: string,
    readonly home: Row,
    private readonly projected: readonly string[] | undefined,
  ) {}

  get item(): Item {
    if (!this.projected) return this.home.item;
    this.shown ??= pickNames(this.home.item, this.projected);
    return this.shown;
  }

  get size(): number {
    if (!this.projected) return this.home.size;
    this.bytes ??= itemSize(this.item);
    return this.bytes;
  }

  get binary(): boolean {
    return this.home.binary && hasBinary(this.item);
  }
}

/** Text by which a key attribute sorts; undefined where the item has none that an index could hold: of its type and not empty. */
const indexText = (item: Item, { name, type }: KeyAttribute): string | undefined => {
  const value = attribute(item, name);
  const text = value && type in value ? orderOf(value) : '';
  return text === '' ? undefined : text;
};

/** An index holds an item only if it has all of the index's key attributes. */
const entryOf = (row: Row, { keys, projected }: Index): IndexEntry | undefined => {
  const partition = indexText(row.item, keys.partition);
  if (partition === undefined) return undefined;
  const order = keys.sort ? indexText(row.item, keys.sort) : '';
  return order === undefined ? undefined : new IndexEntry(partition, order, row, projected);
};

/** The item must be frozen. */
export const rowOf = (item: Item, keys: KeySchema, indexes: readonly Index[]): Row => {
  const { partition, order } = placeOf(item, keys);
  return new Row(partition, order, item, itemSize(item), hasBinary(item), indexes);
};
