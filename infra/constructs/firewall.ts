import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { named } from '../names.ts';
import type { Setting } from './setting.ts';

const seen = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});

const managed = (priority: number, name: string, count: readonly string[] = []): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: count.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seen(name),
});

/** The web firewall before the REST API: AWS's common rules, and an end to floods from one address. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stageArn, logBucketArn }: { stageArn: string; logBucketArn: string }, { config }: Setting) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      name: named(config, 'firewall'),
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: seen(named(config, 'firewall')),
      rules: [
        {
          name: 'RateLimit',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: config.rateLimit, evaluationWindowSec: 300 } },
          visibilityConfig: seen('RateLimit'),
        },
        // Events may have 128 KB: the rule that stops bodies over 8 KB only counts.
        managed(1, 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
        managed(2, 'AWSManagedRulesKnownBadInputsRuleSet'),
      ],
    });
    new CfnWebACLAssociation(this, 'Association', { webAclArn: acl.attrArn, resourceArn: stageArn });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [logBucketArn],
      redactedFields: [{ singleHeader: { Name: 'authorization' } }],
    });
  }
}
