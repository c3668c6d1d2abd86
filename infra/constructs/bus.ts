import { CfnArchive, CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { busName, named } from '../names.ts';
import { busPolicy } from './bus-policy.ts';
import { busWithDlq } from './bus-with-dlq.ts';
import { removal, type Setting } from './setting.ts';

/** The bus, who may put on it, and the archive of what was taken in. */
export class Bus extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly dlq: Queue;

  constructor(scope: Construct, id: string, setting: Omit<Setting, 'bundles'>) {
    super(scope, id);
    const { config, key } = setting;
    const { bus, dlq } = busWithDlq(
      this,
      {
        name: busName(config),
        description: 'What a real-time crime center hears, and what SWOE makes of it',
        dlq: 'bus-dlq',
        isFor: 'It is the dead-letter queue of the bus, which cdk-nag does not look for.',
      },
      setting,
    );
    this.dlq = dlq;
    bus.applyRemovalPolicy(removal(config));
    this.name = bus.attrName;
    this.arn = bus.attrArn;
    for (const { sid, statement } of busPolicy(config, bus.attrArn))
      new CfnEventBusPolicy(this, sid, { eventBusName: bus.attrName, statementId: sid, statement });
    // As they were taken in: what producers send may hold restricted data, which is sealed by then.
    const archive = new CfnArchive(this, 'Archive', {
      archiveName: named(config, 'archive'),
      sourceArn: bus.attrArn,
      description: 'What was taken in from the bus',
      retentionDays: config.archiveDays,
      eventPattern: { source: ['swoe'], 'detail-type': ['event.normalized', 'event.corrected'] },
      kmsKeyIdentifier: key.keyArn,
    });
    archive.applyRemovalPolicy(removal(config));
  }
}
