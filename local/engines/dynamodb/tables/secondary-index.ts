import { Collection } from './collection.ts';
import { type IndexDefinition, type KeySchema, keySchemaOf, type TableDefinition } from './definition.ts';
import type { IndexEntry } from './row.ts';

/** How far global indexes may lag behind their tables. */
export interface Lag {
  now(): number;
  /** When a change made now is to be seen, in milliseconds since the epoch. */
  due(): number;
}

interface Pending {
  readonly due: number;
  readonly old: IndexEntry | undefined;
  readonly next: IndexEntry | undefined;
}

/** A secondary index. `projected` are the attributes it holds, undefined for all. */
export class Index {
  readonly name: string;
  readonly keys: KeySchema;
  readonly projected: readonly string[] | undefined;
  readonly collection = new Collection();
  private pending: Pending[] = [];

  constructor(
    readonly definition: IndexDefinition,
    table: TableDefinition,
    tableKeys: KeySchema,
    readonly kind: 'global' | 'local',
    private readonly lag?: Lag,
  ) {
    const { IndexName, KeySchema, Projection } = definition;
    this.name = IndexName;
    this.keys = keySchemaOf(table, KeySchema);
    const included = Projection.ProjectionType === 'INCLUDE' ? (Projection.NonKeyAttributes ?? []) : [];
    this.projected = Projection.ProjectionType === 'ALL' ? undefined : [...new Set([...tableKeys.names, ...this.keys.names, ...included])];
  }

  /** The index follows its table: at once, or when its lag is over. */
  follow(old: IndexEntry | undefined, next: IndexEntry | undefined): void {
    if (!old && !next) return;
    if (!this.lag) {
      this.collection.change(old, next);
      return;
    }
    this.catchUp();
    // In order: a later change is not seen before an earlier one.
    const due = Math.max(this.lag.due(), this.pending.at(-1)?.due ?? 0);
    this.pending.push({ due, old, next });
  }

  /** Shows the changes of which the lag is over. To be called before the index is read. */
  catchUp(): void {
    if (!this.lag || this.pending.length === 0) return;
    const now = this.lag.now();
    const seen = this.pending.findIndex(({ due }) => due > now);
    for (const { old, next } of this.pending.splice(0, seen < 0 ? this.pending.length : seen)) this.collection.change(old, next);
  }
}

export const indexesOf = (definition: TableDefinition, keys: KeySchema, lag?: Lag): readonly Index[] => [
  ...(definition.LocalSecondaryIndexes ?? []).map((index) => new Index(index, definition, keys, 'local')),
  ...(definition.GlobalSecondaryIndexes ?? []).map((index) => new Index(index, definition, keys, 'global', lag)),
];
