import { ArnPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { subsystems } from '../../workflows/vocabulary/index.ts';
import { principal } from '../names.ts';
import { QueueWithDlq } from './queue-with-dlq.ts';
import { RuleToQueue } from './rule-to-queue.ts';
import type { Setting } from './setting.ts';

/** Seconds in which a subsystem takes an action on and deletes the message; after that it is offered again. */
const TAKE_ON = 60;

/** For each subsystem a queue with the actions that are asked of it, and of no other. */
export class SubsystemQueues extends Construct {
  constructor(scope: Construct, id: string, bus: string, setting: Setting) {
    super(scope, id);
    for (const subsystem of subsystems) {
      const to = new QueueWithDlq(this, subsystem, `actions-${subsystem}`, TAKE_ON, setting);
      new RuleToQueue(
        this,
        `${subsystem}-rule`,
        {
          name: `actions-${subsystem}`,
          bus,
          pattern: {
            source: ['swoe'],
            'detail-type': ['action.requested', 'action.cancelled', 'action.updated', 'action.corrected', 'verdict.requested'],
            detail: { subsystem: [subsystem] },
          },
          to,
        },
        setting,
      );
      const pollers = setting.config.subsystems[subsystem] ?? [];
      if (pollers.length > 0)
        to.queue.addToResourcePolicy(
          new PolicyStatement({
            principals: pollers.map((arn) => new ArnPrincipal(principal(arn))),
            actions: [
              'sqs:ReceiveMessage',
              'sqs:DeleteMessage',
              'sqs:ChangeMessageVisibility',
              'sqs:GetQueueAttributes',
              'sqs:GetQueueUrl',
            ],
            resources: [to.queue.queueArn],
          }),
        );
    }
  }
}
