import { constraint, invalid, invalidParameter } from '../faults.ts';
import { checkShape, type Input, list, map, type Shape, shape, structure, text } from '../input.ts';
import type { TableDefinition } from '../tables/definition.ts';

/** What CreateTable and UpdateTable refuse in a definition, in AWS's words. */

const MOST_GLOBAL = 20;
const MOST_LOCAL = 5;

const ELEMENT = shape({ AttributeName: 'string', KeyType: ['HASH', 'RANGE'] });
const ATTRIBUTE = shape({ AttributeName: 'string', AttributeType: ['S', 'N', 'B'] });
const PROJECTION = shape({ ProjectionType: ['ALL', 'KEYS_ONLY', 'INCLUDE'], NonKeyAttributes: 'list' });
const STREAM = shape({ StreamEnabled: 'boolean', StreamViewType: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'] });
const INDEX = {
  IndexName: 'string',
  KeySchema: 'list',
  Projection: 'map',
} as const;
const LOCAL = shape(INDEX);
const GLOBAL = shape({ ...INDEX, ProvisionedThroughput: 'map', OnDemandThroughput: 'map', WarmThroughput: 'map' });

const each = (input: Input, name: string, members: Shape, required: readonly string[]): void => {
  for (const one of list(input, name)) checkShape(name, structure(one, name), members, required);
};

const LONGEST_NAME = 255;

export const checkName = (name: string, at: string): void => {
  if (!/^[\w.-]*$/.test(name)) throw constraint(name, at, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  if (name.length < 3) throw constraint(name, at, 'Member must have length greater than or equal to 3');
  if (name.length > LONGEST_NAME) throw constraint(name, at, `Member must have length less than or equal to ${LONGEST_NAME}`);
};

const checkKeyShapes = (input: Input): void => each(input, 'KeySchema', ELEMENT, ['AttributeName', 'KeyType']);

export const checkIndexShape = (input: Input, members: Shape = GLOBAL): void => {
  checkShape('index', input, members, ['IndexName', 'KeySchema', 'Projection']);
  checkName(text(input, 'IndexName') ?? '', 'indexName');
  checkKeyShapes(input);
  checkShape('Projection', map(input, 'Projection'), PROJECTION, []);
};

/** The members of a definition are known and of their kinds. */
export const checkShapes = (input: Input): void => {
  checkKeyShapes(input);
  each(input, 'AttributeDefinitions', ATTRIBUTE, ['AttributeName', 'AttributeType']);
  checkShape('StreamSpecification', map(input, 'StreamSpecification'), STREAM, []);
  for (const index of list(input, 'GlobalSecondaryIndexes')) checkIndexShape(structure(index, 'GlobalSecondaryIndexes'));
  for (const index of list(input, 'LocalSecondaryIndexes')) checkIndexShape(structure(index, 'LocalSecondaryIndexes'), LOCAL);
};

type Elements = TableDefinition['KeySchema'];
type Index = NonNullable<TableDefinition['GlobalSecondaryIndexes']>[number];

const checkKeys = (elements: Elements): void => {
  const [first, second] = elements;
  if (first?.KeyType !== 'HASH') throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (second && second.KeyType !== 'RANGE') throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  if (second?.AttributeName === first.AttributeName)
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
};

/** Every key attribute is defined, and nothing else is. */
const checkAttributes = ({ AttributeDefinitions }: TableDefinition, schemas: readonly Elements[]): void => {
  const defined = AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  for (const schema of schemas) {
    const names = schema.map(({ AttributeName }) => AttributeName);
    if (names.some((name) => !defined.includes(name))) {
      throw invalidParameter(
        `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
      );
    }
  }
  const used = new Set(schemas.flat().map(({ AttributeName }) => AttributeName));
  if (defined.some((name) => !used.has(name))) {
    throw invalidParameter('Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions');
  }
};

const checkProjection = ({ Projection }: Index): void => {
  const included = Projection.NonKeyAttributes ?? [];
  if (Projection.ProjectionType === undefined) throw invalidParameter('Unknown ProjectionType: null');
  if (Projection.ProjectionType === 'INCLUDE' && included.length === 0)
    throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  if (Projection.ProjectionType !== 'INCLUDE' && included.length > 0)
    throw invalidParameter(`ProjectionType is ${Projection.ProjectionType}, but NonKeyAttributes is specified`);
};

const checkLocal = ({ IndexName, KeySchema }: Index, table: TableDefinition): void => {
  const [own, whole] = [KeySchema[0]?.AttributeName, table.KeySchema[0]?.AttributeName];
  if (table.KeySchema.length < 2)
    throw invalidParameter('Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex');
  if (own !== whole) {
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${IndexName}. index hash key: ${own}, table hash key: ${whole}`,
    );
  }
  if (KeySchema.length < 2) throw invalidParameter(`Index KeySchema does not have a range key for index: ${IndexName}`);
};

const checkIndexes = (definition: TableDefinition): void => {
  const [global, local] = [definition.GlobalSecondaryIndexes, definition.LocalSecondaryIndexes];
  if (global?.length === 0) throw invalidParameter('List of GlobalSecondaryIndexes is empty');
  if (local?.length === 0) throw invalidParameter('List of LocalSecondaryIndexes is empty');
  const all = [...(global ?? []), ...(local ?? [])];
  for (const { KeySchema } of all) checkKeys(KeySchema);
  for (const index of local ?? []) checkLocal(index, definition);
  all.forEach(({ IndexName }, at) => {
    if (all.findIndex((other) => other.IndexName === IndexName) < at) throw invalidParameter(`Duplicate index name: ${IndexName}`);
  });
  for (const index of all) checkProjection(index);
  if ((local?.length ?? 0) > MOST_LOCAL) throw invalidParameter(`Number of LocalSecondaryIndexes exceeds per-table limit of ${MOST_LOCAL}`);
  if ((global?.length ?? 0) > MOST_GLOBAL)
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${MOST_GLOBAL}`);
};

const checkStream = ({ StreamSpecification: stream }: TableDefinition): void => {
  if (stream?.StreamEnabled === false && stream.StreamViewType !== undefined)
    throw invalidParameter('Table is being created with a stream disabled, UpdateViewType should not be specified');
  if (stream?.StreamEnabled === true && stream.StreamViewType === undefined)
    throw invalidParameter('Table is being created with a stream enabled, UpdateViewType must be specified');
};

const checkBilling = (definition: TableDefinition): void => {
  const throughput = definition.ProvisionedThroughput;
  const onDemand = definition.BillingMode === 'PAY_PER_REQUEST';
  if (onDemand && throughput)
    throw invalidParameter('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST');
  if (!onDemand && !throughput)
    throw invalidParameter('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
};

/** A definition that hangs together. */
export const checkTable = (definition: TableDefinition): void => {
  checkBilling(definition);
  checkKeys(definition.KeySchema);
  const indexes = [...(definition.GlobalSecondaryIndexes ?? []), ...(definition.LocalSecondaryIndexes ?? [])];
  checkAttributes(definition, [definition.KeySchema, ...indexes.map(({ KeySchema }) => KeySchema)]);
  checkIndexes(definition);
  checkStream(definition);
};
