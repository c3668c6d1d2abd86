import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
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
    role.applyRemovalPolicy(removal(config));
    this.account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    this.account.applyRemovalPolicy(removal(config));
  }
}
