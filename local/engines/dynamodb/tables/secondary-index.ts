import { Collection } from './collection.ts';
import { type KeySchema, keySchemaOf, type TableDefinition } from './definition.ts';

/** A global secondary index. `projected` are the attributes it holds, undefined for all. */
export interface Index {
  readonly name: string;
  readonly keys: KeySchema;
  readonly projected: readonly string[] | undefined;
  readonly collection: Collection;
}

export const indexesOf = (definition: TableDefinition, table: KeySchema): readonly Index[] =>
  (definition.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => {
    const keys = keySchemaOf(definition, KeySchema);
    const included = Projection.ProjectionType === 'INCLUDE' ? (Projection.NonKeyAttributes ?? []) : [];
    const projected = Projection.ProjectionType === 'ALL' ? undefined : [...new Set([...table.names, ...keys.names, ...included])];
    return { name: IndexName, keys, projected, collection: new Collection() };
  });
