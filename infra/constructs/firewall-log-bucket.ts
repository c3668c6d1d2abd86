import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { named } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { removal, type Setting } from './setting.ts';

/** Where the firewall writes what it refused. WAF delivers only to buckets whose names begin with `aws-waf-logs-`. */
export class FirewallLogBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { config, key }: Omit<Setting, 'bundles'>) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: `aws-waf-logs-${named(config, `${Aws.ACCOUNT_ID}-${Aws.REGION}`)}`,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ expiration: Duration.days(config.logRetentionDays), noncurrentVersionExpiration: Duration.days(7) }],
      removalPolicy: removal(config),
    });
    const itself = 'It holds logs itself; logging the log would never end.';
    acknowledge(this.bucket, {
      'AwsSolutions-S1': itself,
      'NIST.800.53.R5-S3BucketLoggingEnabled': itself,
      'NIST.800.53.R5-S3BucketReplicationEnabled':
        'What the firewall refused is kept for analysis, not as evidence; losing a region would lose no decision of SWOE.',
    });
    const delivery = (action: string, resource: string): PolicyStatement =>
      new PolicyStatement({
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: [action],
        resources: [resource],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*` },
        },
      });
    this.bucket.addToResourcePolicy(delivery('s3:GetBucketAcl', this.bucket.bucketArn));
    this.bucket.addToResourcePolicy(delivery('s3:PutObject', this.bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)));
  }
}
