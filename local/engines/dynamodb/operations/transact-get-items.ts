import { readUnits, Usage } from '../capacity.ts';
import type { Context } from '../context.ts';
import type { Projection } from '../expressions/project.ts';
import { checkShape, type Input, type Output, shape, text } from '../input.ts';
import type { Table } from '../tables/table.ts';
import { idOfKey, projected, projectionIn } from './get-item.ts';
import { cancelled, LARGEST, partsOf, type Reason, reasonOf, Targets, tooLarge } from './transaction.ts';

const PART = shape({ Get: 'map' });
const GET = shape({ TableName: 'string', Key: 'map', ProjectionExpression: 'string', ExpressionAttributeNames: 'map' });

interface Read {
  readonly table: Table;
  readonly projection: Projection | undefined;
  readonly key: unknown;
}

const readOf = ({ store }: Context, part: Input): Read => {
  checkShape('TransactGetItem', part, PART, ['Get']);
  const get = part['Get'] as Input;
  checkShape('Get', get, GET, ['TableName', 'Key']);
  return { projection: projectionIn(get), table: store.table(text(get, 'TableName') ?? ''), key: get['Key'] };
};

const locate = (reads: readonly Read[]): string[] => {
  const reasons = new Array<Reason | undefined>(reads.length);
  const ids = reads.map(({ table, key }, at) => {
    try {
      return idOfKey(table, key);
    } catch (error) {
      reasons[at] = reasonOf(error);
      return '';
    }
  });
  if (reasons.some(Boolean)) throw cancelled(reasons);
  const targets = new Targets();
  for (const [at, { table }] of reads.entries()) targets.add(table, ids[at] as string);
  return ids;
};

export const transactGetItems = (context: Context, input: Input): Output => {
  const reads = partsOf(input).map((part) => readOf(context, part));
  const ids = locate(reads);
  const usage = new Usage('read units', text(input, 'ReturnConsumedCapacity'), true);
  let bytes = 0;
  const Responses = reads.map(({ table, projection }, at) => {
    const row = table.row(ids[at] as string);
    bytes += row?.size ?? 0;
    usage.table(table.name, readUnits(row?.size ?? 0, true));
    return row ? { Item: projected(row, projection) } : {};
  });
  if (bytes > LARGEST) throw tooLarge();
  context.bill(usage);
  return usage.several({ Responses });
};
