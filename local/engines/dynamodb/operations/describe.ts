import { createHash } from 'node:crypto';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Context } from '../context.ts';
import { constraint } from '../faults.ts';
import { type Input, integer, type Output, text } from '../input.ts';
import type { Index } from '../tables/secondary-index.ts';
import type { Table } from '../tables/table.ts';

export const named = ({ store }: Context, input: Input): Table => {
  const name = text(input, 'TableName') ?? '';
  try {
    return store.table(name);
  } catch {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  }
};

const idOf = ({ arn, birth }: Table): string =>
  createHash('md5')
    .update(birth.base === undefined ? `${arn} ${birth.createdAt}` : arn)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const throughput = (provisioned: object | undefined): Output => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: 0,
  WriteCapacityUnits: 0,
  ...provisioned,
});

const indexesOf = ({ indexes, arn }: Table, kind: Index['kind']): Output[] | undefined => {
  const described = indexes
    .filter((index) => index.kind === kind)
    .map(({ name, collection, definition }) => ({
      IndexName: name,
      KeySchema: definition.KeySchema,
      Projection: definition.Projection,
      IndexArn: `${arn}/index/${name}`,
      ItemCount: collection.count,
      IndexSizeBytes: collection.bytes(),
      ...(kind === 'global' ? { IndexStatus: 'ACTIVE', ProvisionedThroughput: throughput(definition.ProvisionedThroughput) } : {}),
    }));
  return described.length > 0 ? described : undefined;
};

const streamOf = ({ stream }: Table): Output =>
  stream
    ? {
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
        LatestStreamArn: stream.arn,
        LatestStreamLabel: stream.label,
      }
    : {};

const billingOf = ({ definition }: Table): Output => {
  const mode = definition.BillingMode ?? (definition.ProvisionedThroughput ? 'PROVISIONED' : 'PAY_PER_REQUEST');
  return mode === 'PROVISIONED'
    ? {}
    : { BillingModeSummary: { BillingMode: mode }, TableThroughputModeSummary: { TableThroughputMode: mode } };
};

/** Nothing is encrypted here: this is what the definition asks for. */
const encryptionOf = ({ definition }: Table): Output => {
  const wanted = definition.SSESpecification;
  if (!wanted || (wanted.Enabled ?? wanted.SSEEnabled) !== true) return {};
  const key = wanted.KMSMasterKeyId ? { KMSMasterKeyArn: wanted.KMSMasterKeyId } : {};
  return { SSEDescription: { Status: 'ENABLED', SSEType: wanted.SSEType ?? 'KMS', ...key } };
};

/** Counts are exact here; AWS refreshes them every six hours. */
export const describe = (table: Table): Output => {
  const { definition } = table;
  const [global, local] = [indexesOf(table, 'global'), indexesOf(table, 'local')];
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: idOf(table),
    TableStatus: 'ACTIVE',
    CreationDateTime: table.birth.createdAt / 1000,
    KeySchema: definition.KeySchema,
    AttributeDefinitions: definition.AttributeDefinitions,
    ...billingOf(table),
    ProvisionedThroughput: throughput(definition.ProvisionedThroughput),
    ItemCount: table.collection.count,
    TableSizeBytes: table.collection.bytes(),
    DeletionProtectionEnabled: definition.DeletionProtectionEnabled ?? false,
    ...(global ? { GlobalSecondaryIndexes: global } : {}),
    ...(local ? { LocalSecondaryIndexes: local } : {}),
    ...(definition.TableClass ? { TableClassSummary: { TableClass: definition.TableClass } } : {}),
    ...streamOf(table),
    ...encryptionOf(table),
  };
};

export const describeTable = (context: Context, input: Input): Output => ({ Table: describe(named(context, input)) });

const MOST_NAMES = 100;

export const listTables = ({ store }: Context, input: Input): Output => {
  const after = text(input, 'ExclusiveStartTableName');
  const limit = integer(input, 'Limit') ?? MOST_NAMES;
  if (limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
  if (limit > MOST_NAMES) throw constraint(limit, 'limit', `Member must have value less than or equal to ${MOST_NAMES}`);
  const names = [...store.catalogue.all()].map(({ name }) => name).sort();
  const left = names.filter((name) => after === undefined || name > after);
  const page = left.slice(0, limit);
  return { TableNames: page, ...(page.length < left.length ? { LastEvaluatedTableName: page.at(-1) } : {}) };
};

/** Point-in-time recovery as the template wants it; there is nothing here to recover from. */
export const describeContinuousBackups = (context: Context, input: Input): Output => {
  const table = named(context, input);
  const { store } = context;
  const enabled = table.definition.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true;
  const window = {
    RecoveryPeriodInDays: table.definition.PointInTimeRecoverySpecification?.RecoveryPeriodInDays ?? 35,
    EarliestRestorableDateTime: table.birth.createdAt / 1000,
    LatestRestorableDateTime: store.now() / 1000,
  };
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: enabled ? 'ENABLED' : 'DISABLED', ...(enabled ? window : {}) },
    },
  };
};

/** A new account's quotas in AWS. This engine has none. */
export const describeLimits = (): Output => ({
  AccountMaxReadCapacityUnits: 80_000,
  AccountMaxWriteCapacityUnits: 80_000,
  TableMaxReadCapacityUnits: 40_000,
  TableMaxWriteCapacityUnits: 40_000,
});
