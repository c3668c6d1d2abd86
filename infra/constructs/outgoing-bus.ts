import { CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { named, roleArn } from '../names.ts';
import { busWithDlq } from './bus-with-dlq.ts';
import type { Setting } from './setting.ts';

/** The bus that leads to other agencies. Only `share`, which records each dissemination before it puts it, may put anything there. */
export class OutgoingBus extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly dlq: Queue;

  constructor(scope: Construct, id: string, setting: Omit<Setting, 'bundles'>) {
    super(scope, id);
    const { config } = setting;
    const { bus, dlq } = busWithDlq(
      this,
      {
        name: named(config, 'sharing'),
        description: 'What other agencies are told, each under its agreement',
        // Takes what a partner's bus did not take, too.
        dlq: 'sharing-dlq',
        isFor: 'It is the dead-letter queue of the bus and its rules, which cdk-nag does not look for.',
      },
      setting,
    );
    this.dlq = dlq;
    this.name = bus.attrName;
    this.arn = bus.attrArn;
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
