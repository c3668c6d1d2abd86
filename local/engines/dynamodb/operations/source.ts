import type { Context } from '../context.ts';
import type { Projection } from '../expressions/project.ts';
import { invalid, invalidParameter } from '../faults.ts';
import { flag, type Input, text } from '../input.ts';
import type { Collection } from '../tables/collection.ts';
import type { KeySchema } from '../tables/definition.ts';
import { fits } from '../tables/key-checks.ts';
import { type Place, placeOf } from '../tables/row.ts';
import type { Index } from '../tables/secondary-index.ts';
import type { Table } from '../tables/table.ts';
import { normaliseItem } from '../values/normalise.ts';

/** What a Query or Scan reads: a table or one of its indexes. */
export interface Source {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly collection: Collection;
  readonly keys: KeySchema;
  /** The attributes of a start key: the table's key, and the index's. */
  readonly startNames: readonly string[];
}

/** A start key in an index names the table's key too. */
const namesOf = (table: Table, index: Index): readonly string[] => [...new Set([...table.keys.names, ...index.keys.names])];

export const sourceOf = ({ store }: Context, input: Input): Source => {
  const table = store.table(text(input, 'TableName') ?? '');
  const name = text(input, 'IndexName');
  if (name === undefined) return { table, index: undefined, collection: table.collection, keys: table.keys, startNames: table.keys.names };
  const index = table.indexes.find((candidate) => candidate.name === name);
  if (!index) throw invalid(`The table does not have the specified index: ${name}`);
  if (index.kind === 'global' && flag(input, 'ConsistentRead'))
    throw invalid('Consistent reads are not supported on global secondary indexes');
  index.catchUp();
  return { table, index, collection: index.collection, keys: index.keys, startNames: namesOf(table, index) };
};

const checkSelectOfIndex = (select: string | undefined, { index }: Source): void => {
  if (select === 'ALL_ATTRIBUTES' && index?.projected && index.kind === 'global') {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
};

/** `Select` must agree with the projection and the source. */
export const checkSelect = (input: Input, source: Source, projection: Projection | undefined): void => {
  const select = text(input, 'Select');
  if (projection && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${select === 'COUNT' ? 'only the Count' : select}`);
  }
  if (select === 'SPECIFIC_ATTRIBUTES' && !projection) {
    throw invalid('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !source.index) {
    throw invalid('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  checkSelectOfIndex(select, source);
  const absent = notProjected(source, projection);
  if (absent !== undefined && source.index?.kind === 'global')
    throw invalidParameter(`Global secondary index ${source.index.name} does not project [${absent}]`);
};

const notProjected = ({ index }: Source, projection: Projection | undefined): string | undefined =>
  projection?.paths.map((path) => String(path[0])).find((name) => index?.projected?.includes(name) === false);

/** Whether the table's items must be fetched: a local index gives what it does not project, for the price of a read each. */
export const fetches = (input: Input, source: Source, projection: Projection | undefined): boolean =>
  source.index?.kind === 'local' &&
  source.index.projected !== undefined &&
  (text(input, 'Select') === 'ALL_ATTRIBUTES' || notProjected(source, projection) !== undefined);

/** Where to go on after `ExclusiveStartKey`. */
export const startOf = (input: Input, { table, keys, index, startNames }: Source): Place | undefined => {
  if (input['ExclusiveStartKey'] === undefined || input['ExclusiveStartKey'] === null) return undefined;
  const key = normaliseItem(input['ExclusiveStartKey']);
  if (Object.keys(key).length !== startNames.length || !fits(key, table.keys) || !fits(key, keys))
    throw invalid('The provided starting key is invalid');
  return { ...placeOf(key, keys), home: index ? placeOf(key, table.keys) : undefined };
};
