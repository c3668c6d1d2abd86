import { createHash } from 'node:crypto';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Context } from '../context.ts';
import { type Input, integer, type Output, text } from '../input.ts';
import type { Table } from '../tables/table.ts';

const named = ({ store }: Context, input: Input): Table => {
  const name = text(input, 'TableName') ?? '';
  try {
    return store.table(name);
  } catch {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  }
};

const idOf = (arn: string): string =>
  createHash('md5')
    .update(arn)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const throughput = { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

const indexesOf = ({ indexes, arn }: Table): Output => {
  if (indexes.length === 0) return {};
  const described = indexes.map(({ name, collection, definition }) => ({
    ...definition,
    IndexStatus: 'ACTIVE',
    IndexArn: `${arn}/index/${name}`,
    ItemCount: collection.count,
    IndexSizeBytes: collection.bytes(),
    ProvisionedThroughput: throughput,
  }));
  return { GlobalSecondaryIndexes: described };
};

const streamOf = ({ stream, definition }: Table): Output =>
  stream
    ? {
        StreamSpecification: {
          StreamEnabled: true,
          StreamViewType: definition.StreamSpecification?.StreamViewType ?? 'NEW_AND_OLD_IMAGES',
        },
        LatestStreamArn: stream.arn,
        LatestStreamLabel: stream.arn.slice(stream.arn.lastIndexOf('/') + 1),
      }
    : {};

/** Counts are exact here; AWS refreshes them every six hours. */
export const describeTable = (context: Context, input: Input): Output => {
  const table = named(context, input);
  const { definition } = table;
  return {
    Table: {
      TableName: table.name,
      TableArn: table.arn,
      TableId: idOf(table.arn),
      TableStatus: 'ACTIVE',
      CreationDateTime: table.createdAt / 1000,
      KeySchema: definition.KeySchema,
      AttributeDefinitions: definition.AttributeDefinitions,
      BillingModeSummary: { BillingMode: definition.BillingMode ?? 'PAY_PER_REQUEST' },
      ProvisionedThroughput: throughput,
      ItemCount: table.collection.count,
      TableSizeBytes: table.collection.bytes(),
      DeletionProtectionEnabled: definition.DeletionProtectionEnabled ?? false,
      ...indexesOf(table),
      ...streamOf(table),
    },
  };
};

export const describeTimeToLive = (context: Context, input: Input): Output => {
  const { timeToLive } = named(context, input);
  return {
    TimeToLiveDescription: timeToLive
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attributeName }
      : { TimeToLiveStatus: 'DISABLED' },
  };
};

export const listTables = ({ store }: Context, input: Input): Output => {
  const after = text(input, 'ExclusiveStartTableName');
  const names = [...store.tables.keys()].sort().filter((name) => after === undefined || name > after);
  const page = names.slice(0, integer(input, 'Limit') ?? 100);
  return { TableNames: page, ...(page.length < names.length ? { LastEvaluatedTableName: page.at(-1) } : {}) };
};
