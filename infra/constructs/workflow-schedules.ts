import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { named } from '../names.ts';
import { schedulerRole } from './deadlines.ts';
import type { QueueWithDlq } from './queue-with-dlq.ts';
import type { Setting } from './setting.ts';

/** What `trigger` reads: Scheduler fills in when the firing was due, which tells one firing from the next however often it is delivered. */
const inputOf = (workflow: string): string =>
  JSON.stringify({
    id: '<aws.scheduler.execution-id>',
    'detail-type': 'workflow.scheduled',
    source: 'swoe',
    time: '<aws.scheduler.scheduled-time>',
    detail: { workflow, at: '<aws.scheduler.scheduled-time>' },
  });

/** A schedule for each SCHEDULE trigger, in the workflow's own words and time zone, onto the queue of `trigger`. */
export class WorkflowSchedules extends Construct {
  constructor(scope: Construct, id: string, workflows: readonly Workflow[], to: QueueWithDlq, setting: Setting) {
    super(scope, id);
    const due = workflows.flatMap(({ name, on }) =>
      on.flatMap((trigger) => (trigger.kind === 'SCHEDULE' ? [{ workflow: name, ...trigger }] : [])).map((one, nth) => ({ ...one, nth })),
    );
    if (due.length === 0) return;
    const { role, policy } = schedulerRole(this, 'workflow-schedules', [to.queue, to.dlq], setting);
    for (const { workflow, at, timezone, why, nth } of due) {
      const schedule = new CfnSchedule(this, `${workflow}-${nth}`, {
        name: named(setting.config, `${workflow}-${nth}`),
        description: why,
        scheduleExpression: at,
        scheduleExpressionTimezone: timezone,
        flexibleTimeWindow: { mode: 'OFF' },
        state: 'ENABLED',
        target: { arn: to.queue.queueArn, roleArn: role.roleArn, input: inputOf(workflow), deadLetterConfig: { arn: to.dlq.queueArn } },
      });
      schedule.node.addDependency(policy);
    }
  }
}
