import { AwsError } from '../../../kernel/aws-error.ts';
import type { Context } from '../context.ts';
import { invalid, invalidParameter } from '../faults.ts';
import { checkShape, flag, type Input, list, map, type Output, shape, structure, text } from '../input.ts';
import type { IndexDefinition, TableDefinition } from '../tables/definition.ts';
import type { Table } from '../tables/table.ts';
import { describe, named } from './describe.ts';
import { checkIndexShape, checkName, checkShapes, checkTable } from './table-checks.ts';

/** Tables are ready at once; the answers say CREATING, UPDATING and DELETING as AWS's do, and DescribeTable says ACTIVE. */
const answer = (table: Table, TableStatus: string): Output => ({ TableDescription: { ...describe(table), TableStatus } });

export const createTable = ({ store }: Context, input: Input): Output => {
  const name = text(input, 'TableName') ?? '';
  checkName(name, 'tableName');
  checkShapes(input);
  const definition = structuredClone(input) as unknown as TableDefinition;
  checkTable(definition);
  if (store.catalogue.find(name)) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
  const now = store.now();
  return answer(store.putTable({ table: definition, createdAt: now, streamedAt: now }), 'CREATING');
};

export const deleteTable = (context: Context, input: Input): Output => {
  const table = named(context, input);
  if (table.definition.DeletionProtectionEnabled)
    throw invalid('Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.');
  context.store.dropTable(table);
  return answer(table, 'DELETING');
};

const INDEX_UPDATE = shape({ Create: 'map', Update: 'map', Delete: 'map' });
const DELETE = shape({ IndexName: 'string' });
const UPDATE = shape({ IndexName: 'string', ProvisionedThroughput: 'map', OnDemandThroughput: 'map', WarmThroughput: 'map' });

type Indexes = readonly IndexDefinition[];

const existing = (indexes: Indexes, name: string): string => {
  if (indexes.some(({ IndexName }) => IndexName === name)) return name;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
};

const created = (indexes: Indexes, create: Input): Indexes => {
  checkIndexShape(create);
  const name = text(create, 'IndexName') ?? '';
  if (indexes.some(({ IndexName }) => IndexName === name)) throw invalidParameter(`Index already exists: ${name}`);
  return [...indexes, structuredClone(create) as unknown as IndexDefinition];
};

const changedIndexes = (indexes: Indexes, update: Input): Indexes => {
  checkShape('GlobalSecondaryIndexUpdates', update, INDEX_UPDATE, []);
  if (update['Create']) return created(indexes, map(update, 'Create'));
  if (update['Delete']) {
    checkShape('Delete', map(update, 'Delete'), DELETE, ['IndexName']);
    const name = existing(indexes, text(map(update, 'Delete'), 'IndexName') ?? '');
    return indexes.filter(({ IndexName }) => IndexName !== name);
  }
  if (!update['Update'])
    throw invalidParameter(
      'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
    );
  const change = map(update, 'Update');
  checkShape('Update', change, UPDATE, ['IndexName']);
  const name = existing(indexes, text(change, 'IndexName') ?? '');
  return indexes.map((index) => (index.IndexName === name ? { ...index, ...structuredClone(change) } : index));
};

const indexesAfter = ({ definition }: Table, input: Input): Indexes | undefined => {
  const updates = list(input, 'GlobalSecondaryIndexUpdates').map((update) => structure(update, 'GlobalSecondaryIndexUpdates'));
  if (updates.filter((update) => update['Create'] || update['Delete']).length > 1) {
    const message = 'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table';
    throw new AwsError('LimitExceededException', message);
  }
  const after = updates.reduce(changedIndexes, definition.GlobalSecondaryIndexes ?? []);
  return after.length > 0 ? after : undefined;
};

/** The attributes of keys that are left, of those known before and those given now. */
const attributesAfter = (definition: TableDefinition, input: Input): TableDefinition['AttributeDefinitions'] => {
  const given = list(input, 'AttributeDefinitions') as TableDefinition['AttributeDefinitions'];
  const indexes = [...(definition.GlobalSecondaryIndexes ?? []), ...(definition.LocalSecondaryIndexes ?? [])];
  const used = new Set([definition.KeySchema, ...indexes.map(({ KeySchema }) => KeySchema)].flat().map((element) => element.AttributeName));
  const known = definition.AttributeDefinitions.filter(
    ({ AttributeName }) => !given.some((other) => other.AttributeName === AttributeName),
  );
  return [...known, ...structuredClone(given)].filter(({ AttributeName }) => used.has(AttributeName));
};

const checkStreamChange = (table: Table, input: Input): void => {
  if (input['StreamSpecification'] === undefined) return;
  const enable = flag(map(input, 'StreamSpecification'), 'StreamEnabled');
  if (enable && table.stream) throw invalid(`Table already has an enabled stream: TableName: ${table.name}`);
  if (!enable && !table.stream) throw invalid(`Table already has a disabled stream: TableName: ${table.name}`);
};

const CHANGES = [
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  'SSESpecification',
  'TableClass',
  'DeletionProtectionEnabled',
  'StreamSpecification',
] as const;

const checkThroughput = (input: Input): void => {
  const provisioned = input['ProvisionedThroughput'] !== undefined;
  if (text(input, 'BillingMode') === 'PROVISIONED' && !provisioned)
    throw invalidParameter('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  if (text(input, 'BillingMode') === 'PAY_PER_REQUEST' && provisioned)
    throw invalidParameter('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST');
};

export const updateTable = (context: Context, input: Input): Output => {
  const given = CHANGES.filter((name) => input[name] !== undefined && input[name] !== null);
  if (given.length === 0 && list(input, 'GlobalSecondaryIndexUpdates').length === 0) {
    throw invalid(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  checkThroughput(input);
  checkShapes(input);
  const table = named(context, input);
  checkStreamChange(table, input);
  const changed = Object.fromEntries(given.map((name) => [name, structuredClone(input[name])]));
  // On demand nothing is provisioned any more.
  if (changed['BillingMode'] === 'PAY_PER_REQUEST') changed['ProvisionedThroughput'] = undefined;
  const whole = { ...table.definition, ...changed, GlobalSecondaryIndexes: indexesAfter(table, input) } as TableDefinition;
  const definition = { ...whole, AttributeDefinitions: attributesAfter(whole, input) };
  const billed = definition.BillingMode ?? (definition.ProvisionedThroughput ? 'PROVISIONED' : 'PAY_PER_REQUEST');
  checkTable({ ...definition, BillingMode: billed });
  const streamedAt = changed['StreamSpecification'] ? context.store.now() : table.birth.streamedAt;
  return answer(context.store.putTable({ table: definition, ...table.birth, streamedAt }), 'UPDATING');
};
