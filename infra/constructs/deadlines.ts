import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadlineNames, named } from '../names.ts';
import { keyGrant, sending } from './grants.ts';
import type { Setting } from './setting.ts';

/** A role for Scheduler that may send to these queues. */
export const schedulerRole = (
  scope: Construct,
  name: string,
  queues: readonly Queue[],
  { config, key }: Setting,
): { role: Role; policy: ManagedPolicy } => {
  const role = new Role(scope, 'Role', {
    roleName: named(config, name),
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
  });
  const policy = new ManagedPolicy(scope, 'Policy', {
    managedPolicyName: named(config, name),
    roles: [role],
    statements: [sending(queues.map(({ queueArn }) => queueArn)), keyGrant(key.keyArn)],
  });
  return { role, policy };
};

/** Where the one-time schedules of executions' deadlines stand, and as whom they put their word on the queue of `finish`. */
export class Deadlines extends Construct {
  constructor(scope: Construct, id: string, queue: Queue, setting: Setting) {
    super(scope, id);
    new CfnScheduleGroup(this, 'Group', { name: deadlineNames(setting.config).group });
    schedulerRole(this, 'deadlines', [queue], setting);
  }
}
