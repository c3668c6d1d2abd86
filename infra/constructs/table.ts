import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { TableName } from '../function-spec.ts';
import { named } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { removal, type Setting } from './setting.ts';

interface Index {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
}

const DAY: Index = { name: 'byDay', partition: 'day', sort: 'order' };

/** Indexes hold keys only: an index costs a write for each write, so it carries as little as it can. */
const INDEXES: Partial<Record<TableName, readonly Index[]>> = {
  executions: [DAY],
  facts: [DAY],
  'dead-letters': [DAY],
  // What an auditor looks through is a small part of all, and alone has a week.
  journal: [DAY, { name: 'byIncident', partition: 'incidentId', sort: 'order' }, { name: 'byWeek', partition: 'week', sort: 'order' }],
};

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** One of SWOE's tables: `pk` and `sk`, on demand, encrypted with our key, items that may expire by `ttl` (seconds since the epoch). */
export class SwoeTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, name: TableName, { config, key }: Omit<Setting, 'bundles'>) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      tableName: named(config, name),
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: config.pitr },
      deletionProtection: config.deletionProtection,
      removalPolicy: removal(config),
      ...(name === 'journal' ? { stream: StreamViewType.NEW_IMAGE } : {}),
    });
    acknowledge(this.table, {
      'NIST.800.53.R5-DynamoDBInBackupPlan': config.pitr
        ? 'Point-in-time recovery backs it up continuously for 35 days; a second, daily copy would be older and dearer.'
        : 'A development stage: its data is made anew by a replay.',
      ...(config.pitr
        ? {}
        : Object.fromEntries(
            ['AwsSolutions-DDB3', 'NIST.800.53.R5-DynamoDBPITREnabled'].map((id) => [
              id,
              'A development stage: its data is made anew by a replay.',
            ]),
          )),
    });
    for (const { name: indexName, partition, sort } of INDEXES[name] ?? [])
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partition),
        sortKey: text(sort),
        projectionType: ProjectionType.KEYS_ONLY,
      });
  }
}
