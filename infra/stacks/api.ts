import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { alarmOnQueues } from '../constructs/alarms.ts';
import { ApiLogging } from '../constructs/api-logging.ts';
import { Firewall } from '../constructs/firewall.ts';
import { pushFindings, pushing, sending, streaming } from '../constructs/grants.ts';
import { People } from '../constructs/people.ts';
import { deadLetterQueue } from '../constructs/queue-with-dlq.ts';
import { OrchestrationApi } from '../constructs/rest-api.ts';
import type { Setting } from '../constructs/setting.ts';
import { SocketApi } from '../constructs/socket-api.ts';
import { SwoeFunction, type SwoeFunctionProps } from '../constructs/swoe-function.ts';
import { usageKeyPrefix, usagePlans } from '../constructs/usage-plans.ts';
import { type FunctionName, functions } from '../functions.ts';
import type { StatefulStack } from './stateful.ts';

/** What people see and say: REST behind a firewall, three live channels, who they are, and the room that tells them. */
export class ApiStack extends Stack {
  private readonly sockets: SocketApi;

  constructor(
    scope: Construct,
    id: string,
    private readonly below: StatefulStack,
    private readonly setting: Setting,
    props: StackProps,
  ) {
    super(scope, id, props);
    const people = new People(this, 'People', setting);
    people.ask(this.room('signin', {}));
    const logging = new ApiLogging(this, 'ApiLogging', setting);
    this.sockets = new SocketApi(this, 'Sockets', setting);
    const authorizer = this.room('authorizer', {
      environment: { ISSUER: people.issuer, AUDIENCE: people.client.userPoolClientId, USAGE_KEYS: usageKeyPrefix(setting) },
    });
    this.sockets.route({ authorizer, connect: this.speaker('connect') });
    const rest = new OrchestrationApi(this, 'Rest', { authorizer, api: this.speaker('api') }, setting).api;
    usagePlans(rest, setting);
    for (const stage of [rest.deploymentStage, ...this.sockets.stages]) stage.node.addDependency(logging.account);
    new Firewall(this, 'Firewall', { stageArn: rest.deploymentStage.stageArn, logBucketArn: below.firewallLogs.bucketArn }, setting);
    this.publish();
    alarmOnQueues(this, below.alarms);
    this.outputs(rest.url, people);
  }

  private room(name: FunctionName, more: Partial<SwoeFunctionProps>): SwoeFunction {
    const { tables, bus, vaultKeyArn } = this.below;
    return new SwoeFunction(this, name, name, { tables, busArn: bus.arn, busName: bus.name, vaultKeyArn, ...more }, this.setting);
  }

  /** A room that speaks to connections. */
  private speaker(name: 'connect' | 'publish' | 'api', grants: readonly PolicyStatement[] = []): SwoeFunction {
    const { apiId, endpoint } = this.sockets;
    const { pushes } = functions[name];
    const room = this.room(name, {
      environment: { WEBSOCKET_ENDPOINT: endpoint },
      grants: [pushing(apiId, Channel.options, pushes), ...grants],
    });
    acknowledge(room, pushFindings(this.resolve(apiId), Channel.options, pushes));
    return room;
  }

  /** The journal's stream → publish. A batch that keeps failing is halved until the one bad entry is alone, and its place goes to the dead letters. */
  private publish(): void {
    const stream = this.below.tables.journal.tableStreamArn;
    if (!stream) throw new Error('The journal has no stream: the channels would stay silent. Give it one in infra/constructs/table.ts.');
    const dlq = deadLetterQueue(this, 'publish-dlq', 'publish-dlq', this.setting);
    const publish = this.speaker('publish', [...streaming(stream), sending([dlq.queueArn], 'DeadLetters')]);
    acknowledge(dlq, { 'AwsSolutions-SQS3': 'It is the dead-letter queue of the journal stream, which cdk-nag does not look for.' });
    new CfnEventSourceMapping(this, 'publish-source', {
      eventSourceArn: stream,
      functionName: publish.fn.functionName,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 100,
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 10,
      destinationConfig: { onFailure: { destination: dlq.queueArn } },
    });
  }

  private outputs(restUrl: string, people: People): void {
    new CfnOutput(this, 'RestUrl', { value: `${restUrl}orchestration`, description: 'REST for dispatchers' });
    for (const [channel, url] of Object.entries(this.sockets.urls))
      new CfnOutput(this, `Socket-${channel}`, { value: url, description: `Live: ${channel}` });
    new CfnOutput(this, 'UserPoolId', { value: people.pool.userPoolId });
    new CfnOutput(this, 'ClientId', { value: people.client.userPoolClientId });
  }
}
