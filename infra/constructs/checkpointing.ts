import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkpointArn, checkpointBucket, named } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { deadLetterQueue } from './queue-with-dlq.ts';
import type { Setting } from './setting.ts';
import { SwoeFunction, type SwoeFunctionProps } from './swoe-function.ts';
import { Tick } from './tick.ts';

const allow = (sid: string, actions: string[], resource: string) => new PolicyStatement({ sid, actions, resources: [resource] });

/** The room that signs where the journal stands, each minute. What it finds broken it says to its dead-letter queue, which has an alarm. */
export class Checkpointing extends Construct {
  constructor(scope: Construct, id: string, keyArn: string, reach: SwoeFunctionProps, setting: Setting) {
    super(scope, id);
    const { config } = setting;
    const dlq = deadLetterQueue(this, 'checkpoint-dlq', 'checkpoint-dlq', setting);
    const to = new SwoeFunction(
      this,
      'checkpoint',
      'checkpoint',
      {
        ...reach,
        environment: { CHECKPOINT_KEY_ARN: keyArn, CHECKPOINT_BUCKET: checkpointBucket(config), ALARM_QUEUE_URL: dlq.queueUrl },
        grants: [
          allow('Sign', ['kms:Sign'], keyArn),
          allow('Checkpoints', ['s3:GetObject', 's3:PutObject'], checkpointArn(config, '/checkpoints/*')),
          allow('Newest', ['s3:ListBucket'], checkpointArn(config)),
        ],
        deadLetterQueue: dlq,
      },
      setting,
    );
    acknowledge(this, {
      [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${named(config, 'checkpoints-<AWS::AccountId>-<AWS::Region>')}/checkpoints/*]`]:
        'Checkpoints have ever new names; the bucket and the folder are named.',
    });
    new Tick(this, 'Tick', { to, dlq, name: 'checkpoint', role: 'checkpoint-tick' }, setting);
  }
}
