import { readUnits, Usage } from '../capacity.ts';
import { type Context, outward } from '../context.ts';
import type { BoundCondition } from '../expressions/bind-condition.ts';
import { evaluate } from '../expressions/evaluate.ts';
import type { Values } from '../expressions/placeholders.ts';
import { type Projection, project } from '../expressions/project.ts';
import { constraint, invalid, invalidParameter } from '../faults.ts';
import { flag, type Input, integer, type Output, text } from '../input.ts';
import type { Collection } from '../tables/collection.ts';
import type { KeySchema } from '../tables/definition.ts';
import { fits } from '../tables/key-checks.ts';
import { type Entry, type Place, pickNames, placeOf } from '../tables/row.ts';
import type { Index } from '../tables/secondary-index.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute.ts';
import { normaliseItem } from '../values/normalise.ts';

const PAGE_BYTES = 1024 * 1024;

/** What a Query or Scan reads: a table or one of its indexes. */
export interface Source {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly collection: Collection;
  readonly keys: KeySchema;
  /** The attributes of a start key: the table's key, and the index's. */
  readonly startNames: readonly string[];
}

export const sourceOf = ({ store }: Context, input: Input): Source => {
  const table = store.table(text(input, 'TableName') ?? '');
  const name = text(input, 'IndexName');
  if (name === undefined) return { table, index: undefined, collection: table.collection, keys: table.keys, startNames: table.keys.names };
  const index = table.indexes.find((candidate) => candidate.name === name);
  if (!index) throw invalid(`The table does not have the specified index: ${name}`);
  if (flag(input, 'ConsistentRead')) throw invalid('Consistent reads are not supported on global secondary indexes');
  const startNames = [...new Set([...table.keys.names, ...index.keys.names])];
  return { table, index, collection: index.collection, keys: index.keys, startNames };
};

const checkSelectOfIndex = (select: string | undefined, { index }: Source): void => {
  if (select === 'ALL_ATTRIBUTES' && index?.projected) {
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
  const absent = projection?.paths.map((path) => String(path[0])).find((name) => source.index?.projected?.includes(name) === false);
  if (absent !== undefined) throw invalidParameter(`Global secondary index ${source.index?.name} does not project [${absent}]`);
};

/** Where to go on after `ExclusiveStartKey`. */
export const startOf = (input: Input, { table, keys, index, startNames }: Source): Place | undefined => {
  if (input['ExclusiveStartKey'] === undefined || input['ExclusiveStartKey'] === null) return undefined;
  const key = normaliseItem(input['ExclusiveStartKey']);
  if (Object.keys(key).length !== startNames.length || !fits(key, table.keys) || !fits(key, keys))
    throw invalid('The provided starting key is invalid');
  return { ...placeOf(key, keys), home: index ? placeOf(key, table.keys) : undefined };
};

export interface Reading {
  readonly source: Source;
  readonly entries: Iterable<Entry>;
  readonly filter: BoundCondition | undefined;
  readonly values: Values;
  readonly projection: Projection | undefined;
}

const charge = ({ table, index }: Source, bytes: number, input: Input): Usage => {
  const usage = new Usage('read units', text(input, 'ReturnConsumedCapacity'));
  const units = readUnits(bytes, flag(input, 'ConsistentRead'));
  usage.table(table.name, index ? 0 : units);
  if (index) usage.index(table.name, index, units);
  return usage;
};

const limitOf = (input: Input): number => {
  const limit = integer(input, 'Limit');
  if (limit !== undefined && limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
  return limit ?? Number.POSITIVE_INFINITY;
};

/** Reads one page: up to `Limit` items or 1 MB, whichever comes first; the filter is asked afterwards and saves nothing. */
export const readPage = ({ bill }: Context, input: Input, { source, entries, filter, values, projection }: Reading): Output => {
  const limit = limitOf(input);
  const items: Item[] = [];
  const counting = text(input, 'Select') === 'COUNT';
  let count = 0;
  let scanned = 0;
  let bytes = 0;
  let last: Entry | undefined;
  let full = false;
  for (const entry of entries) {
    full = bytes + entry.size > PAGE_BYTES;
    if (full) break;
    last = entry;
    scanned += 1;
    bytes += entry.size;
    if (!filter || evaluate(filter, entry.item, values)) {
      count += 1;
      if (!counting) items.push(outward(entry, projection ? project(entry.item, projection) : entry.item));
    }
    // DynamoDB does not look past a full page: the last item's key is given even where nothing follows.
    full = scanned >= limit;
    if (full) break;
  }
  const usage = charge(source, bytes, input);
  bill(usage);
  const output: Output = counting ? { Count: count, ScannedCount: scanned } : { Items: items, Count: count, ScannedCount: scanned };
  if (full && last) output['LastEvaluatedKey'] = outward(last, pickNames(last.item, source.startNames));
  return usage.single(output);
};
