import type { Usage } from './capacity.ts';
import type { Store } from './store.ts';
import type { Entry } from './tables/row.ts';
import type { Item } from './values/attribute.ts';
import { itemWithBytes } from './values/binary.ts';

/** What an operation works with. */
export interface Context {
  readonly store: Store;
  /** Counts consumed capacity for the bill. */
  readonly bill: (usage: Usage) => void;
}

/** An item on its way out: stored items are frozen and shared, binary leaves as bytes. */
export const outward = (entry: Entry, item: Item = entry.item): Item => (entry.binary ? itemWithBytes(item) : item);
