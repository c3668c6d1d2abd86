import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { ManagedPolicy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ourAgencies, partnersText } from '../agencies.ts';
import { isSharing, type StageConfig } from '../config.ts';
import { type Caller, type FunctionSpec, type TableName, tableVariable } from '../function-spec.ts';
import { type FunctionName, functions } from '../functions.ts';
import { deadlineNames, machinePrefix, named } from '../names.ts';
import { partnerTermsText } from '../partners.ts';
import { acknowledge } from './acknowledge.ts';
import { logging, prefixFindings, type Reach, roomGrants, sending } from './grants.ts';
import { logGroup } from './log-group.ts';
import type { Setting } from './setting.ts';

export interface SwoeFunctionProps extends Reach {
  readonly busName: string;
  readonly environment?: Record<string, string>;
  /** What the room's surroundings ask for beyond its line in infra/functions.ts: its queues, its stream, its connections. */
  readonly grants?: readonly PolicyStatement[];
  /** For a room that is invoked asynchronously: where an event goes that it failed on. */
  readonly deadLetterQueue?: IQueue;
}

const deadlineVariables = (config: StageConfig): Record<string, string> => {
  const { group, queueArn, roleArn } = deadlineNames(config);
  return { DEADLINE_GROUP: group, DEADLINE_QUEUE_ARN: queueArn, DEADLINE_ROLE_ARN: roleArn };
};

const variables = (
  spec: FunctionSpec,
  { tables, busName, vaultKeyArn }: SwoeFunctionProps,
  { config }: Setting,
): Record<string, string> => ({
  NODE_OPTIONS: '--enable-source-maps',
  ...Object.fromEntries(
    Object.keys({ ...spec.tables, ...spec.forGuests }).map((table) => [tableVariable(table), tables[table as TableName].tableName]),
  ),
  ...(spec.bus ? { BUS_NAME: busName } : {}),
  ...(spec.knowsAgencies ? { AGENCIES: ourAgencies(config.agencies).join(','), PARTNERS: partnersText(config.agencies) } : {}),
  ...(spec.knowsPartners ? { PARTNER_TERMS: partnerTermsText(config.partners) } : {}),
  ...(spec.vaultKey ? { VAULT_KEY_ARN: vaultKeyArn } : {}),
  ...(spec.knowsMachines ? { STATE_MACHINE_PREFIX: machinePrefix(config) } : {}),
  ...(spec.schedules ? deadlineVariables(config) : {}),
});

/** What a room is given in a stage: what it reads for people of other agencies only where there is an agreement with any. */
const inStage = (spec: FunctionSpec, config: StageConfig): FunctionSpec => {
  if (!spec.forGuests || !isSharing(config)) return spec;
  const more = Object.entries(spec.forGuests) as [TableName, NonNullable<FunctionSpec['tables'][TableName]>][];
  const tables = more.map(([table, actions]) => [table, [...new Set([...(spec.tables[table] ?? []), ...actions])]] as const);
  return { ...spec, tables: { ...spec.tables, ...Object.fromEntries(tables) } };
};

/** Where a failed invocation goes instead of a dead-letter queue of the function, which only asynchronous invocations use. */
const ON_FAILURE: Readonly<Record<Exclude<Caller, 'schedule'>, string>> = {
  queue: "A poller invokes it and waits; a message that fails five times goes to its queue's dead-letter queue.",
  machine: 'A state machine invokes it and waits; the failure is caught in the workflow. Its queue has a dead-letter queue of its own.',
  stream: 'A poller invokes it and waits; a batch that keeps failing goes to the dead-letter queue of the event source mapping.',
  gateway: 'API Gateway invokes it and waits; the caller is told of the failure.',
  pool: 'The user pool invokes it and waits; whoever signs in is told of the failure.',
};

/** A room of functions/ as a Lambda function with its own role, its own policy and its own log group. */
export class SwoeFunction extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, name: FunctionName, props: SwoeFunctionProps, setting: Setting) {
    super(scope, id);
    const { config, key, bundles } = setting;
    const spec = inStage(functions[name], config);
    const logs = logGroup(this, 'Logs', `/aws/lambda/${named(config, name)}`, setting);
    const role = new Role(this, 'Role', { roleName: named(config, name), assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: named(config, name),
      description: `What the SWOE function ${name} may do`,
      roles: [role],
      statements: [
        ...roomGrants(spec, props, config, key.keyArn),
        logging(logs.logGroupArn),
        ...(props.deadLetterQueue ? [sending([props.deadLetterQueue.queueArn], 'DeadLetters')] : []),
        ...(props.grants ?? []),
      ],
    });
    this.fn = new LambdaFunction(this, 'Function', {
      functionName: named(config, name),
      description: `SWOE ${name}: functions/${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(bundles, name)),
      handler: 'index.handler',
      memorySize: spec.memory,
      timeout: Duration.seconds(spec.timeout),
      reservedConcurrentExecutions: config.reserveConcurrency ? spec.concurrency : undefined,
      // Constructs of the library may not widen the role behind our back.
      role: role.withoutPolicyUpdates(),
      logGroup: logs,
      tracing: Tracing.ACTIVE,
      environment: { ...variables(spec, props, setting), ...props.environment },
      environmentEncryption: key,
      deadLetterQueue: props.deadLetterQueue,
    });
    this.fn.node.addDependency(policy);
    this.acknowledgeFindings(spec, policy, config);
  }

  private acknowledgeFindings(spec: FunctionSpec, policy: ManagedPolicy, config: StageConfig): void {
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources, and ListStreams of DynamoDB (publish only) takes none.',
      ...prefixFindings(spec, config),
    });
    acknowledge(this.fn, {
      'NIST.800.53.R5-LambdaInsideVPC': `It speaks to ${spec.onlyWith === 'polls' ? 'two public servers, whose answers ingest checks, and to AWS APIs' : 'AWS APIs only'}, over TLS and with its own role; nothing it needs stands in a VPC, and one would add a NAT gateway as a single way out.`,
      ...(spec.calledBy === 'schedule' ? {} : { 'NIST.800.53.R5-LambdaDLQ': ON_FAILURE[spec.calledBy] }),
      ...(config.reserveConcurrency
        ? {}
        : {
            'NIST.800.53.R5-LambdaConcurrency':
              "The stage says that the account's quota is too small to reserve from; queues are limited by their pollers.",
          }),
    });
  }
}
