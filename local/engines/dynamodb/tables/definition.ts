/** A table as CloudFormation or CreateTable states it: the members this engine acts on. */
export interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[] | undefined;
  readonly LocalSecondaryIndexes?: readonly IndexDefinition[] | undefined;
  readonly StreamSpecification?: StreamSpecification | undefined;
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean } | undefined;
  readonly BillingMode?: string | undefined;
  readonly DeletionProtectionEnabled?: boolean | undefined;
  /** Kept to be described; capacity is never short here. */
  readonly ProvisionedThroughput?: Throughput | undefined;
  readonly PointInTimeRecoverySpecification?: PointInTimeRecovery | undefined;
  readonly SSESpecification?: Encryption | undefined;
  readonly TableClass?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

/** CloudFormation says `SSEEnabled`, the API `Enabled`. */
interface Encryption {
  readonly Enabled?: boolean | undefined;
  readonly SSEEnabled?: boolean | undefined;
  readonly SSEType?: string | undefined;
  readonly KMSMasterKeyId?: string | undefined;
}

interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

interface PointInTimeRecovery {
  readonly PointInTimeRecoveryEnabled?: boolean | undefined;
  readonly RecoveryPeriodInDays?: number | undefined;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

export interface IndexDefinition {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType?: string | undefined; readonly NonKeyAttributes?: readonly string[] | undefined };
  readonly ProvisionedThroughput?: Throughput | undefined;
}

/** CloudFormation leaves `StreamEnabled` out: there a specification alone enables the stream. */
interface StreamSpecification {
  readonly StreamEnabled?: boolean | undefined;
  readonly StreamViewType?: string | undefined;
}

type KeyType = 'S' | 'N' | 'B';

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute | undefined;
  readonly names: readonly string[];
  /** The key attributes, the partition's first. */
  readonly parts: readonly KeyAttribute[];
}

const broken = (table: string, why: string): Error => new Error(`table ${table} cannot be defined: ${why}`);

export const keySchemaOf = (definition: TableDefinition, elements: readonly KeyElement[]): KeySchema => {
  const of = (keyType: string): KeyAttribute | undefined => {
    const name = elements.find(({ KeyType }) => KeyType === keyType)?.AttributeName;
    if (name === undefined) return undefined;
    const type = definition.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    if (type !== 'S' && type !== 'N' && type !== 'B') {
      throw broken(definition.TableName, `key attribute ${name} needs an AttributeDefinition of type S, N or B`);
    }
    return { name, type };
  };
  const partition = of('HASH');
  if (!partition) throw broken(definition.TableName, 'a KeySchema has no HASH element');
  const sort = of('RANGE');
  const parts = sort ? [partition, sort] : [partition];
  return { partition, sort, names: parts.map(({ name }) => name), parts };
};

const COVERED: ReadonlySet<string> = new Set([
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'TimeToLiveSpecification',
  'BillingMode',
  'DeletionProtectionEnabled',
]);

/** Members that change nothing on one machine: capacity, encryption, backup, labels and what else only AWS's side acts on. Some are described. */
const IDLE: ReadonlySet<string> = new Set([
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  'SSESpecification',
  'PointInTimeRecoverySpecification',
  'ContributorInsightsSpecification',
  'KinesisStreamSpecification',
  'ResourcePolicy',
  'TableClass',
  'Tags',
]);

export const checkDefinition = (definition: TableDefinition): void => {
  const unknown = Object.entries(definition).find(([name, value]) => value !== undefined && !COVERED.has(name) && !IDLE.has(name));
  if (unknown) throw broken(definition.TableName, `this engine does not cover ${unknown[0]}`);
  keySchemaOf(definition, definition.KeySchema);
};
