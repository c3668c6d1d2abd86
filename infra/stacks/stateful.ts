import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { alarmOnQueues, alarmTopic } from '../constructs/alarms.ts';
import { Bus } from '../constructs/bus.ts';
import { Checkpoints } from '../constructs/checkpoints.ts';
import { FirewallLogBucket } from '../constructs/firewall-log-bucket.ts';
import { MasterKey } from '../constructs/master-key.ts';
import { SwoeTable } from '../constructs/table.ts';
import { VaultKey } from '../constructs/vault-key.ts';
import { type TableName, tableNames } from '../function-spec.ts';

/** What must outlive a deployment: the keys, the tables, the bus with its archive, the journal's checkpoints and the firewall's log. */
export class StatefulStack extends Stack {
  readonly key;
  readonly tables: Readonly<Record<TableName, ITable>>;
  readonly bus: Bus;
  readonly checkpoints: Checkpoints;
  readonly vaultKeyArn: string;
  readonly firewallLogs: IBucket;
  readonly alarms: ITopic | undefined;

  constructor(scope: Construct, id: string, config: StageConfig, props: StackProps) {
    super(scope, id, props);
    this.key = new MasterKey(this, 'MasterKey', config).key;
    const setting = { config, key: this.key };
    this.tables = Object.fromEntries(tableNames.map((name) => [name, new SwoeTable(this, name, name, setting).table])) as unknown as Record<
      TableName,
      ITable
    >;
    this.bus = new Bus(this, 'Bus', setting);
    this.checkpoints = new Checkpoints(this, 'Checkpoints', setting);
    this.vaultKeyArn = new VaultKey(this, 'VaultKey', setting).keyArn;
    this.firewallLogs = new FirewallLogBucket(this, 'FirewallLogs', setting).bucket;
    this.alarms = alarmTopic(this, setting);
    alarmOnQueues(this, this.alarms);
    new CfnOutput(this, 'BusName', { value: this.bus.name, description: 'Where subsystems put events' });
  }
}
