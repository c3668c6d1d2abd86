import { Aws } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Partner } from '../../shared/contracts/agency.ts';
import { toldTo, withdrawnTo } from '../../shared/routing/sharing.ts';
import { named } from '../names.ts';
import type { OutgoingBus } from './outgoing-bus.ts';
import { allowRule } from './queue-with-dlq.ts';
import type { Setting } from './setting.ts';

/** What their bus has not taken within the hour (s) is a dead letter: an agreement may be over by the time it is. */
const PATIENCE = 3_600;

/** The two rules that lead to one partner: what its agreement lets go, and that something counts no more. */
export class OutgoingRules extends Construct {
  constructor(scope: Construct, partner: Partner, theirBus: string, from: OutgoingBus, { config }: Pick<Setting, 'config'>) {
    super(scope, `To-${partner.id}`);
    const name = `to-${partner.id}`;
    const role = new Role(this, 'Role', {
      roleName: named(config, name),
      assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    });
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: named(config, name),
      description: `Puts what is shared with ${partner.id} on its bus`,
      roles: [role],
      statements: [new PolicyStatement({ sid: 'TheirBus', actions: ['events:PutEvents'], resources: [theirBus] })],
    });
    for (const [kind, eventPattern] of [['told', toldTo(partner)] as const, ['withdrawn', withdrawnTo(partner)] as const]) {
      const rule = new CfnRule(this, kind, {
        name: named(config, `${kind}-${partner.id}`),
        description: `Agreement ${partner.agreement.id}`,
        eventBusName: from.name,
        eventPattern,
        state: 'ENABLED',
        targets: [
          {
            id: 'bus',
            arn: theirBus,
            roleArn: role.roleArn,
            deadLetterConfig: { arn: from.dlq.queueArn },
            retryPolicy: { maximumEventAgeInSeconds: PATIENCE, maximumRetryAttempts: 185 },
          },
        ],
      });
      rule.node.addDependency(policy);
      allowRule(from.dlq, rule.attrArn);
    }
  }
}
