import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { named } from '../names.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { RuleToQueue } from './rule-to-queue.ts';
import type { Setting } from './setting.ts';

/** Seconds in which whoever looks into the queue takes a message off it. */
const TAKE_ON = 60;

/** A bus in place of a partner's, and a queue in which everything lies that the partner would have heard. */
export class StandIn extends Construct {
  readonly arn: string;

  constructor(scope: Construct, agency: string, setting: Setting) {
    super(scope, `StandIn-${agency}`);
    const bus = new CfnEventBus(this, 'Bus', {
      name: named(setting.config, `agency-${agency}`),
      description: `Stands in for the bus of ${agency}`,
      kmsKeyIdentifier: setting.key.keyArn,
    });
    this.arn = bus.attrArn;
    const to = new QueueWithDlq(this, 'Queue', `agency-${agency}`, TAKE_ON, setting);
    new RuleToQueue(this, 'Rule', { name: `agency-${agency}`, bus: bus.attrName, pattern: { source: ['partner_agency'] }, to }, setting);
  }
}
