import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { checkpointBucket, named, roleArn } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { removal, type Setting } from './setting.ts';

const deny = (sid: string, actions: string[], resources: string[], conditions: Record<string, Record<string, string>> = {}) =>
  new PolicyStatement({ sid, effect: Effect.DENY, principals: [new AnyPrincipal()], actions, resources, conditions });

/** Where signed checkpoints of the journal are kept, and the key that signs them: nobody but the room may put or sign, and nobody may change or remove. */
export class Checkpoints extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, setting: Omit<Setting, 'bundles'>) {
    super(scope, id);
    const { config } = setting;
    // A key of another account is that account's to make and to guard.
    this.keyArn = config.audit.signingKeyArn ?? this.signingKey(setting).keyArn;
    const bucket = this.bucket(setting);
    const objects = bucket.arnForObjects('*');
    const others = { ArnNotEquals: { 'aws:PrincipalArn': roleArn(config, 'checkpoint') } };
    for (const statement of [
      deny('Kept', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'], [objects]),
      deny('OnlyCheckpoint', ['s3:PutObject'], [objects], others),
      deny('Once', ['s3:PutObject'], [objects], { Null: { 's3:if-none-match': 'true' } }),
    ])
      bucket.addToResourcePolicy(statement);
  }

  private signingKey({ config }: Omit<Setting, 'bundles'>): Key {
    const key = new Key(this, 'Key', {
      alias: named(config, 'checkpoint-key'),
      description: `SWOE ${config.stage}: signs checkpoints of the journal`,
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: removal(config),
    });
    const others = { ArnNotEquals: { 'aws:PrincipalArn': roleArn(config, 'checkpoint') } };
    key.addToResourcePolicy(deny('OnlyCheckpoint', ['kms:Sign'], ['*'], others));
    return key;
  }

  private bucket({ config, key }: Omit<Setting, 'bundles'>): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: checkpointBucket(config),
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(config.audit.retentionDays)),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: removal(config),
    });
    const once = 'One role puts one object a minute, which holds hashes alone; a log of that would say nothing that its names do not.';
    acknowledge(bucket, {
      'AwsSolutions-S1': once,
      'NIST.800.53.R5-S3BucketLoggingEnabled': once,
      'NIST.800.53.R5-S3BucketReplicationEnabled':
        'Object lock keeps what was put; who wants a copy out of reach of this account exports it, as docs/audit.md says.',
    });
    return bucket;
  }
}
