import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { removal, type Setting } from './setting.ts';

/** Lets API Gateway write logs. The setting belongs to the account and region, not to one API, so production leaves it standing. */
export class ApiLogging extends Construct {
  readonly account: CfnAccount;

  constructor(scope: Construct, id: string, { config }: Setting) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    acknowledge(role, {
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'API Gateway checks that its account role may do what this policy of AWS says, and the policy follows when the service changes.',
    });
    role.applyRemovalPolicy(removal(config));
    this.account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    this.account.applyRemovalPolicy(removal(config));
  }
}
