import type { Item } from './values/attribute.ts';

/** One write operation in the log. `put` is the item as it then stood, `remove` the key of one that went. */
export interface WriteRecord {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly writes: readonly ItemWrite[];
  /** Time to live removed the items. */
  readonly expired?: true;
  /** A transaction's ClientRequestToken and the digest of what it asked for. */
  readonly token?: readonly [token: string, digest: string];
}

export type ItemWrite = { readonly table: string; readonly put: Item } | { readonly table: string; readonly remove: Item };

interface TrimRecord {
  readonly trim: { readonly table: string; readonly upTo: number };
}

export type LogRecord = WriteRecord | TrimRecord;
