import type { TableDefinition } from './tables/definition.ts';
import type { Item } from './values/attribute.ts';

/** One write operation in the log. `put` is the item as it then stood, `remove` the key of one that went. */
export interface WriteRecord {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly writes: readonly ItemWrite[];
  /** Time to live removed the items. */
  readonly expired?: true;
  /** A transaction's ClientRequestToken and the digest of what it asked for. */
  readonly token?: readonly [token: string, digest: number];
}

export type ItemWrite = { readonly table: string; readonly put: Item } | { readonly table: string; readonly remove: Item };

interface TrimRecord {
  readonly trim: { readonly table: string; readonly upTo: number };
}

/** A table that was made or changed at run time, as it then stood. */
export interface TableRecord {
  readonly table: TableDefinition;
  /** When it was made, in milliseconds since the epoch. */
  readonly createdAt: number;
  /** When its stream was enabled, where that was at run time. */
  readonly streamedAt?: number | undefined;
  /** The digest of the template's definition, for a table of the template: another template is another table. */
  readonly base?: number | undefined;
}

export interface DropRecord {
  readonly drop: string;
  readonly base?: number | undefined;
}

/** What a snapshot is made of: items as they stand, and what streams and tokens still remember. */
export type KeptRecord =
  | { readonly keep: 'item'; readonly table: string; readonly item: Item }
  | { readonly keep: 'stream'; readonly table: string; readonly trimmed: number }
  | {
      readonly keep: 'change';
      readonly table: string;
      readonly at: number;
      readonly old?: Item | undefined;
      readonly next?: Item | undefined;
      readonly expired: boolean;
    }
  | { readonly keep: 'token'; readonly token: string; readonly digest: number; readonly at: number };

export type LogRecord = WriteRecord | TrimRecord | TableRecord | DropRecord | KeptRecord;
