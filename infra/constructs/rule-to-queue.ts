import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { named } from '../names.ts';
import { allowRule, type QueueWithDlq } from './queue-with-dlq.ts';
import type { Setting } from './setting.ts';

export interface RuleToQueueProps {
  readonly name: string;
  /** Absent: the account's default bus. */
  readonly bus?: string;
  readonly pattern: Record<string, unknown>;
  readonly to: QueueWithDlq;
}

/** A rule of a bus that puts what matches into a queue; what cannot be delivered for a day goes to that queue's dead letters. */
export class RuleToQueue extends Construct {
  constructor(scope: Construct, id: string, { name, bus, pattern, to }: RuleToQueueProps, { config }: Pick<Setting, 'config'>) {
    super(scope, id);
    const rule = new CfnRule(this, 'Rule', {
      name: named(config, name),
      eventBusName: bus,
      eventPattern: pattern,
      state: 'ENABLED',
      targets: [{ id: 'queue', arn: to.queue.queueArn, deadLetterConfig: { arn: to.dlq.queueArn } }],
    });
    allowRule(to.queue, rule.attrArn);
    allowRule(to.dlq, rule.attrArn);
  }
}
