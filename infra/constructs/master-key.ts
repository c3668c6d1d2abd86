import { Aws } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { named, principal } from '../names.ts';
import { removal } from './setting.ts';

const CIPHER = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'];
const here = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };

const statement = (
  sid: string,
  principal: ServicePrincipal,
  actions: string[],
  conditions: Record<string, Record<string, string>>,
): PolicyStatement => new PolicyStatement({ sid, principals: [principal], actions, resources: ['*'], conditions });

/** One customer managed key for all that is stored or in flight; its policy names services by pattern, so no stack above has to be known here. */
export class MasterKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, config: StageConfig) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      alias: named(config, 'key'),
      description: `SWOE ${config.stage}: tables, queues, bus and logs`,
      enableKeyRotation: true,
      removalPolicy: removal(config),
    });
    const logs = {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*` },
    };
    this.key.addToResourcePolicy(statement('Logs', new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`), CIPHER, logs));
    // The bus itself, and the data keys of the encrypted queues that rules deliver to.
    this.key.addToResourcePolicy(
      statement('Events', new ServicePrincipal('events.amazonaws.com'), ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], here),
    );
    this.key.addToResourcePolicy(
      statement('FirewallLogs', new ServicePrincipal('delivery.logs.amazonaws.com'), ['kms:GenerateDataKey', 'kms:Decrypt'], here),
    );
    if (config.alarms)
      this.key.addToResourcePolicy(
        statement('Alarms', new ServicePrincipal('cloudwatch.amazonaws.com'), ['kms:Decrypt', 'kms:GenerateDataKey'], here),
      );
    const pollers = Object.values(config.subsystems).flat();
    if (pollers.length > 0)
      this.key.addToResourcePolicy(
        new PolicyStatement({
          sid: 'Subsystems',
          principals: pollers.map((arn) => new ArnPrincipal(principal(arn))),
          actions: ['kms:Decrypt'],
          resources: ['*'],
        }),
      );
  }
}
