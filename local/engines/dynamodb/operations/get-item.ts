import { readUnits, Usage } from '../capacity.ts';
import { type Context, outward } from '../context.ts';
import { readProjection } from '../expressions/expressions.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { type Projection, project } from '../expressions/project.ts';
import { flag, type Input, type Output, text } from '../input.ts';
import { checkKey } from '../tables/key-checks.ts';
import { idOf, placeOf, type Row } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import type { Item } from '../values/attribute.ts';
import { normaliseItem } from '../values/normalise.ts';

const NONE: readonly string[] = [];
const PROJECTION = ['ProjectionExpression'];

export const projectionIn = (input: Input): Projection | undefined => {
  const fill = new Placeholders(input, NONE, PROJECTION);
  const projection = readProjection(input, 'ProjectionExpression', fill);
  fill.allUsed();
  return projection;
};

/** The identity of the item with this key. */
export const idOfKey = (table: Table, key: unknown): string => {
  const item = normaliseItem(key);
  checkKey(item, table.keys);
  return idOf(placeOf(item, table.keys));
};

export const projected = (row: Row, projection: Projection | undefined): Item =>
  outward(row, projection ? project(row.item, projection) : row.item);

export const getItem = ({ store, bill }: Context, input: Input): Output => {
  const projection = projectionIn(input);
  const table = store.table(text(input, 'TableName') ?? '');
  const row = table.row(idOfKey(table, input['Key']));
  const usage = new Usage('read units', text(input, 'ReturnConsumedCapacity'));
  usage.table(table.name, readUnits(row?.size ?? 0, flag(input, 'ConsistentRead')));
  bill(usage);
  return usage.single(row ? { Item: projected(row, projection) } : {});
};
