import { CfnEventBus, CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { named, roleArn } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { deadLetterQueue } from './queue-with-dlq.ts';
import type { Setting } from './setting.ts';

/** The bus that leads to other agencies. Only `share`, which records each dissemination before it puts it, may put anything there. */
export class OutgoingBus extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly dlq: Queue;

  constructor(scope: Construct, id: string, setting: Omit<Setting, 'bundles'>) {
    super(scope, id);
    const { config, key } = setting;
    // Takes what a partner's bus did not take, and what this one could not encrypt or decrypt.
    this.dlq = deadLetterQueue(this, 'Dlq', 'sharing-dlq', setting);
    acknowledge(this.dlq, {
      'AwsSolutions-SQS3': 'It is the dead-letter queue of the bus and its rules, which cdk-nag does not look for.',
    });
    const bus = new CfnEventBus(this, 'Bus', {
      name: named(config, 'sharing'),
      description: 'What other agencies are told, each under its agreement',
      kmsKeyIdentifier: key.keyArn,
      deadLetterConfig: { arn: this.dlq.queueArn },
    });
    this.name = bus.attrName;
    this.arn = bus.attrArn;
    this.dlq.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.dlq.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': bus.attrArn } },
      }),
    );
    const sid = 'DenyAllButWhoRecordsWhatLeaves';
    new CfnEventBusPolicy(this, 'Policy', {
      eventBusName: bus.attrName,
      statementId: sid,
      statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: bus.attrArn,
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': [roleArn(config, 'share')] } },
      },
    });
  }
}
