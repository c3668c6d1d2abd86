import type { Context } from '../context.ts';
import { checkShape, type Input, type Output, type Shape, shape } from '../input.ts';
import { batchGetItem, batchWriteItem } from './batches.ts';
import { describeContinuousBackups, describeLimits, describeTable, listTables } from './describe.ts';
import { getItem } from './get-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { deleteItem, putItem, updateItem } from './single-writes.ts';
import { describeStream, getRecords, getShardIterator, listStreams } from './streams.ts';
import { createTable, deleteTable, updateTable } from './table-changes.ts';
import { listTagsOfResource, tagResource, untagResource } from './tags.ts';
import { describeTimeToLive, updateTimeToLive } from './time-to-live.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';

/** One call of DynamoDB's API: what it takes, and the function that answers it within one turn. */
interface Operation {
  readonly run: (context: Context, input: Input) => Output;
  readonly shape: Shape;
  readonly required: readonly string[];
  /** Its answer waits until the log holds what it wrote. */
  readonly writes?: true;
}

const CAPACITY = { ReturnConsumedCapacity: ['INDEXES', 'TOTAL', 'NONE'] } as const;
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

const BILLED = {
  TableName: 'string',
  AttributeDefinitions: 'list',
  BillingMode: ['PROVISIONED', 'PAY_PER_REQUEST'],
  ProvisionedThroughput: 'map',
  OnDemandThroughput: 'map',
  WarmThroughput: 'map',
  StreamSpecification: 'map',
  SSESpecification: 'map',
  TableClass: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'],
  DeletionProtectionEnabled: 'boolean',
} as const;

const TABLE = shape({ TableName: 'string' });

export type Operations = Readonly<Record<string, Operation>>;

export const OPERATIONS: Operations = {
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
  CreateTable: {
    run: createTable,
    shape: shape({ ...BILLED, KeySchema: 'list', GlobalSecondaryIndexes: 'list', LocalSecondaryIndexes: 'list', Tags: 'list' }),
    required: ['TableName', 'KeySchema', 'AttributeDefinitions'],
    writes: true,
  },
  UpdateTable: {
    run: updateTable,
    shape: shape({ ...BILLED, GlobalSecondaryIndexUpdates: 'list' }),
    required: ['TableName'],
    writes: true,
  },
  DeleteTable: { run: deleteTable, shape: TABLE, required: ['TableName'], writes: true },
  UpdateTimeToLive: {
    run: updateTimeToLive,
    shape: shape({ TableName: 'string', TimeToLiveSpecification: 'map' }),
    required: ['TableName', 'TimeToLiveSpecification'],
    writes: true,
  },
  TagResource: {
    run: tagResource,
    shape: shape({ ResourceArn: 'string', Tags: 'list' }),
    required: ['ResourceArn', 'Tags'],
    writes: true,
  },
  UntagResource: {
    run: untagResource,
    shape: shape({ ResourceArn: 'string', TagKeys: 'list' }),
    required: ['ResourceArn', 'TagKeys'],
    writes: true,
  },
  ListTagsOfResource: {
    run: listTagsOfResource,
    shape: shape({ ResourceArn: 'string', NextToken: 'string' }),
    required: ['ResourceArn'],
  },
  DescribeContinuousBackups: { run: describeContinuousBackups, shape: TABLE, required: ['TableName'] },
  DescribeLimits: { run: describeLimits, shape: shape({}), required: [] },
  DescribeTimeToLive: { run: describeTimeToLive, shape: TABLE, required: ['TableName'] },
  ListTables: { run: listTables, shape: shape({ ExclusiveStartTableName: 'string', Limit: 'integer' }), required: [] },
};

/** DynamoDB Streams: a service of its own, over the same tables. */
export const STREAM_OPERATIONS: Operations = {
  ListStreams: {
    run: listStreams,
    shape: shape({ TableName: 'string', Limit: 'integer', ExclusiveStartStreamArn: 'string' }),
    required: [],
  },
  DescribeStream: {
    run: describeStream,
    shape: shape({ StreamArn: 'string', Limit: 'integer', ExclusiveStartShardId: 'string' }),
    required: ['StreamArn'],
  },
  GetShardIterator: {
    run: getShardIterator,
    shape: shape({
      StreamArn: 'string',
      ShardId: 'string',
      ShardIteratorType: ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'],
      SequenceNumber: 'string',
    }),
    required: ['StreamArn', 'ShardId', 'ShardIteratorType'],
  },
  GetRecords: { run: getRecords, shape: shape({ ShardIterator: 'string', Limit: 'integer' }), required: ['ShardIterator'] },
};

export const checkInput = (name: string, operation: Operation, input: Input): void =>
  checkShape(name, input, operation.shape, operation.required);
