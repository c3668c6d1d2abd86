import { Collection } from './collection.ts';
import { type IndexDefinition, type KeySchema, keySchemaOf, type TableDefinition } from './definition.ts';
import type { IndexEntry } from './row.ts';

/** A secondary index. `projected` are the attributes it holds, undefined for all. */
export class Index {
  readonly name: string;
  readonly keys: KeySchema;
  readonly projected: readonly string[] | undefined;
  readonly collection = new Collection();

  constructor(
    readonly definition: IndexDefinition,
    table: TableDefinition,
    tableKeys: KeySchema,
    readonly kind: 'global' | 'local',
  ) {
    const { IndexName, KeySchema, Projection } = definition;
    this.name = IndexName;
    this.keys = keySchemaOf(table, KeySchema);
    const included = Projection.ProjectionType === 'INCLUDE' ? (Projection.NonKeyAttributes ?? []) : [];
    this.projected = Projection.ProjectionType === 'ALL' ? undefined : [...new Set([...tableKeys.names, ...this.keys.names, ...included])];
  }

  change(old: IndexEntry | undefined, next: IndexEntry | undefined): void {
    if (old || next) this.collection.change(old, next);
  }
}

export const indexesOf = (definition: TableDefinition, keys: KeySchema): readonly Index[] => [
  ...(definition.LocalSecondaryIndexes ?? []).map((index) => new Index(index, definition, keys, 'local')),
  ...(definition.GlobalSecondaryIndexes ?? []).map((index) => new Index(index, definition, keys, 'global')),
];
