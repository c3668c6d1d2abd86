import { readUnits, Usage } from '../capacity.ts';
import type { Context } from '../context.ts';
import { constraint, invalid } from '../faults.ts';
import { checkShape, flag, type Input, list, map, type Output, shape, structure, text } from '../input.ts';
import type { RowWrite } from '../store.ts';
import { checkIndexKeys, checkItemKey } from '../tables/key-checks.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute.ts';
import { normaliseItem } from '../values/normalise.ts';
import { LARGEST_ITEM } from '../values/size.ts';
import { idOfKey, projected, projectionIn } from './get-item.ts';
import { withManyMetrics } from './item-collections.ts';

const MOST_READS = 100;
const MOST_WRITES = 25;
const LARGEST_ANSWER = 16 * 1024 * 1024;

const GET_SHAPE = shape({ Keys: 'list', ConsistentRead: 'boolean', ProjectionExpression: 'string', ExpressionAttributeNames: 'map' });

const requests = (input: Input): [string, unknown][] => {
  const items = Object.entries(map(input, 'RequestItems'));
  if (items.length === 0) throw constraint({}, 'requestItems', 'Member must have length greater than or equal to 1');
  return items;
};

const distinct = (seen: Set<string>, table: Table, id: string): void => {
  const one = `${table.name} ${id}`;
  if (seen.has(one)) throw invalid('Provided list of item keys contains duplicates');
  seen.add(one);
};

interface Reading {
  readonly usage: Usage;
  readonly seen: Set<string>;
  left: number;
}

/** Reads one table's keys until the answer is full; what is left over is handed back to be asked for again. */
const readTable = ({ store }: Context, name: string, request: Input, reading: Reading): { items: Item[]; unread: unknown[] } => {
  checkShape('BatchGetItem', request, GET_SHAPE, ['Keys']);
  const keys = list(request, 'Keys');
  if (keys.length === 0) throw constraint([], `requestItems.${name}.member.keys`, 'Member must have length greater than or equal to 1');
  const projection = projectionIn(request);
  const table = store.table(name);
  const ids = keys.map((key) => idOfKey(table, key));
  for (const id of ids) distinct(reading.seen, table, id);
  const items: Item[] = [];
  for (const [at, id] of ids.entries()) {
    const row = table.row(id);
    if (reading.left < (row?.size ?? 0)) return { items, unread: keys.slice(at) };
    reading.left -= row?.size ?? 0;
    reading.usage.table(table.name, readUnits(row?.size ?? 0, flag(request, 'ConsistentRead')));
    if (row) items.push(projected(row, projection));
  }
  return { items, unread: [] };
};

export const batchGetItem = (context: Context, input: Input): Output => {
  const asked = requests(input).map(([name, request]) => [name, structure(request, 'RequestItems')] as const);
  const count = asked.reduce((sum, [, request]) => sum + list(request, 'Keys').length, 0);
  if (count > MOST_READS) throw invalid('Too many items requested for the BatchGetItem call');
  const reading: Reading = { usage: new Usage('read units', text(input, 'ReturnConsumedCapacity')), seen: new Set(), left: LARGEST_ANSWER };
  const responses: Record<string, Item[]> = {};
  const unprocessed: Output = {};
  for (const [name, request] of asked) {
    const { items, unread } = readTable(context, name, request, reading);
    responses[name] = items;
    if (unread.length > 0) unprocessed[name] = { ...request, Keys: unread };
  }
  context.bill(reading.usage);
  return reading.usage.several({ Responses: responses, UnprocessedKeys: unprocessed });
};

const WRITE_SHAPE = shape({ PutRequest: 'map', DeleteRequest: 'map' });
const PUT_SHAPE = shape({ Item: 'map' });
const DELETE_SHAPE = shape({ Key: 'map' });

const putRow = (table: Table, request: Input): RowWrite => {
  checkShape('PutRequest', request, PUT_SHAPE, ['Item']);
  const item = normaliseItem(request['Item']);
  checkItemKey(item, table.keys, true);
  checkIndexKeys(item, table.indexes);
  const next = table.rowOf(item);
  if (next.size > LARGEST_ITEM) throw invalid('Item size has exceeded the maximum allowed size');
  return { table, old: table.row(next.id), next };
};

const batchWrite = (table: Table, source: unknown, seen: Set<string>): RowWrite => {
  const request = structure(source, 'WriteRequest');
  checkShape('BatchWriteItem', request, WRITE_SHAPE, []);
  const [put, remove] = [request['PutRequest'], request['DeleteRequest']];
  if ((put === undefined) === (remove === undefined)) {
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  }
  if (put !== undefined) {
    const write = putRow(table, put as Input);
    distinct(seen, table, write.next?.id ?? '');
    return write;
  }
  checkShape('DeleteRequest', remove as Input, DELETE_SHAPE, ['Key']);
  const id = idOfKey(table, (remove as Input)['Key']);
  distinct(seen, table, id);
  return { table, old: table.row(id), next: undefined };
};

/** All of a batch is written in one turn; AWS would write its parts one by one. */
export const batchWriteItem = ({ store, bill }: Context, input: Input): Output => {
  const asked = requests(input).map(([name, writes]) => [name, Array.isArray(writes) ? writes : []] as const);
  if (asked.some(([, writes]) => writes.length === 0))
    throw constraint([], 'requestItems', 'Member must have length greater than or equal to 1');
  if (asked.reduce((sum, [, writes]) => sum + writes.length, 0) > MOST_WRITES) {
    throw invalid('Too many items requested for the BatchWriteItem call');
  }
  const seen = new Set<string>();
  const rows = asked.flatMap(([name, writes]) => {
    const table = store.table(name);
    return writes.map((write) => batchWrite(table, write, seen));
  });
  const usage = new Usage('write units', text(input, 'ReturnConsumedCapacity'));
  for (const { table, old, next } of rows) usage.write(table, old, next);
  store.commit(rows);
  bill(usage);
  return withManyMetrics(input, usage.several({ UnprocessedItems: {} }), rows);
};
