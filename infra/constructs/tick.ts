import { Aws } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { named } from '../names.ts';
import { keyGrant, sending } from './grants.ts';
import type { Setting } from './setting.ts';
import type { SwoeFunction } from './swoe-function.ts';

export interface TickProps {
  readonly to: SwoeFunction;
  readonly dlq: Queue;
  /** The schedule's name, and its role's. */
  readonly name: string;
  readonly role: string;
}

/** Calls a function every minute. A tick that fails is not repeated: the next one does its work. */
export class Tick extends Construct {
  constructor(scope: Construct, id: string, { to, dlq, name, role: roleName }: TickProps, { config, key }: Setting) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      roleName: named(config, roleName),
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: named(config, roleName),
      roles: [role],
      statements: [
        new PolicyStatement({ sid: 'Tick', actions: ['lambda:InvokeFunction'], resources: [to.fn.functionArn] }),
        sending([dlq.queueArn]),
        keyGrant(key.keyArn),
      ],
    });
    const schedule = new CfnSchedule(this, 'Schedule', {
      name: named(config, name),
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      state: 'ENABLED',
      target: {
        arn: to.fn.functionArn,
        roleArn: role.roleArn,
        input: '{}',
        deadLetterConfig: { arn: dlq.queueArn },
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    schedule.node.addDependency(policy);
  }
}
