import type { Context } from '../context.ts';
import { checkShape, type Input, type Output, type Shape, shape } from '../input.ts';
import { batchGetItem, batchWriteItem } from './batches.ts';
import { describeTable, describeTimeToLive, listTables } from './describe.ts';
import { getItem } from './get-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { deleteItem, putItem, updateItem } from './single-writes.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';

/** One call of DynamoDB's API: what it takes, and the function that answers it within one turn. */
interface Operation {
  readonly run: (context: Context, input: Input) => Output;
  readonly shape: Shape;
  readonly required: readonly string[];
  /** Its answer waits until the log holds what it wrote. */
  readonly writes?: true;
}

const CAPACITY = { ReturnConsumedCapacity: ['INDEXES', 'TOTAL', 'NONE'] } as const;
/** Item collections exist only beside local secondary indexes, which this engine does not have: there is nothing to return. */
const METRICS = { ReturnItemCollectionMetrics: ['SIZE', 'NONE'] } as const;
const NAMES = { ExpressionAttributeNames: 'map' } as const;
const VALUES = { ...NAMES, ExpressionAttributeValues: 'map' } as const;

const ONE_WRITE = {
  TableName: 'string',
  ConditionExpression: 'string',
  ReturnValues: ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'],
  ReturnValuesOnConditionCheckFailure: ['ALL_OLD', 'NONE'],
  ...VALUES,
  ...CAPACITY,
  ...METRICS,
} as const;

const MANY_READS = {
  TableName: 'string',
  IndexName: 'string',
  FilterExpression: 'string',
  ProjectionExpression: 'string',
  ExclusiveStartKey: 'map',
  Limit: 'integer',
  ConsistentRead: 'boolean',
  Select: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'],
  ...VALUES,
  ...CAPACITY,
} as const;

const TABLE = shape({ TableName: 'string' });

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  PutItem: { run: putItem, shape: shape({ ...ONE_WRITE, Item: 'map' }), required: ['TableName', 'Item'], writes: true },
  UpdateItem: {
    run: updateItem,
    shape: shape({ ...ONE_WRITE, Key: 'map', UpdateExpression: 'string' }),
    required: ['TableName', 'Key'],
    writes: true,
  },
  DeleteItem: { run: deleteItem, shape: shape({ ...ONE_WRITE, Key: 'map' }), required: ['TableName', 'Key'], writes: true },
  GetItem: {
    run: getItem,
    shape: shape({ TableName: 'string', Key: 'map', ConsistentRead: 'boolean', ProjectionExpression: 'string', ...NAMES, ...CAPACITY }),
    required: ['TableName', 'Key'],
  },
  Query: {
    run: query,
    shape: shape({ ...MANY_READS, KeyConditionExpression: 'string', ScanIndexForward: 'boolean' }),
    required: ['TableName'],
  },
  Scan: { run: scan, shape: shape({ ...MANY_READS, Segment: 'integer', TotalSegments: 'integer' }), required: ['TableName'] },
  BatchGetItem: { run: batchGetItem, shape: shape({ RequestItems: 'map', ...CAPACITY }), required: ['RequestItems'] },
  BatchWriteItem: {
    run: batchWriteItem,
    shape: shape({ RequestItems: 'map', ...CAPACITY, ...METRICS }),
    required: ['RequestItems'],
    writes: true,
  },
  TransactWriteItems: {
    run: transactWriteItems,
    shape: shape({ TransactItems: 'list', ClientRequestToken: 'string', ...CAPACITY, ...METRICS }),
    required: ['TransactItems'],
    writes: true,
  },
  TransactGetItems: { run: transactGetItems, shape: shape({ TransactItems: 'list', ...CAPACITY }), required: ['TransactItems'] },
  DescribeTable: { run: describeTable, shape: TABLE, required: ['TableName'] },
  DescribeTimeToLive: { run: describeTimeToLive, shape: TABLE, required: ['TableName'] },
  ListTables: { run: listTables, shape: shape({ ExclusiveStartTableName: 'string', Limit: 'integer' }), required: [] },
};

export const checkInput = (name: string, operation: Operation, input: Input): void =>
  checkShape(name, input, operation.shape, operation.required);
