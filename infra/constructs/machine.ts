import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnStateMachine, CfnStateMachineAlias, CfnStateMachineVersion } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { LIVE } from '../../shared/contracts/live.ts';
import { named } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { logGroup } from './log-group.ts';
import type { Setting } from './setting.ts';
import type { SwoeFunction } from './swoe-function.ts';

export interface MachineProps {
  readonly workflow: string;
  /** Where the compiled ASL lies, with `${StepFunction}` and `${FinishFunction}` to be filled in. */
  readonly path: string;
  readonly step: SwoeFunction;
  readonly finish: SwoeFunction;
}

/** Log delivery is set up through calls that name no resource. */
const DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
const TRACES = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'];

/** The workflow's version as the compiler wrote it into its comment, and a word that no other definition has. */
const editionOf = (definition: string): string => {
  const { Comment = '' } = JSON.parse(definition) as { Comment?: string };
  const version = /version (\d+)/.exec(Comment)?.[1];
  if (!version) throw new Error('A compiled workflow does not say its version in its Comment: run "npm run compile".');
  return `V${version}-${createHash('sha256').update(definition).digest('hex').slice(0, 8)}`;
};

/**
 * One workflow as a state machine: what was reviewed in statemachines/compiled is what runs. Every definition that was ever deployed
 * stays as a version of its own, and the alias `live` leads new executions to the newest; those under way keep theirs.
 */
export class Machine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { workflow, path, step, finish }: MachineProps, setting: Setting) {
    super(scope, id);
    const { config } = setting;
    // This prefix keeps the deliveries out of the resource policy of CloudWatch Logs, which has a size limit.
    const logs = logGroup(this, 'Logs', `/aws/vendedlogs/states/${named(config, workflow)}`, setting);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const policy = new ManagedPolicy(this, 'Policy', {
      description: `What the workflow ${workflow} may do`,
      roles: [role],
      statements: [
        new PolicyStatement({ sid: 'Rooms', actions: ['lambda:InvokeFunction'], resources: [step.fn.functionArn, finish.fn.functionArn] }),
        new PolicyStatement({ sid: 'LogDelivery', actions: DELIVERY, resources: ['*'] }),
        new PolicyStatement({ sid: 'Tracing', actions: TRACES, resources: ['*'] }),
      ],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources, and log delivery is set up by calls that take none.',
    });
    // Beside the template, not in it: CloudFormation takes 1 MB, and twenty definitions are more.
    const { s3BucketName: bucket, s3ObjectKey: key } = new Asset(this, 'Definition', { path });
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName: named(config, workflow),
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definitionS3Location: { bucket, key },
      definitionSubstitutions: { StepFunction: step.fn.functionArn, FinishFunction: finish.fn.functionArn },
      // Execution data names people and places; the journal holds it under its own rules.
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    machine.node.addDependency(policy);
    this.arn = machine.attrArn;
    this.publish(machine, editionOf(readFileSync(path, 'utf8')));
  }

  /** The version's logical id says which definition it is: another one is another resource, and the one before is left where it is. */
  private publish(machine: CfnStateMachine, edition: string): void {
    const version = new CfnStateMachineVersion(this, edition, { stateMachineArn: machine.attrArn, description: edition });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new CfnStateMachineAlias(this, 'Live', {
      name: LIVE,
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
  }
}
