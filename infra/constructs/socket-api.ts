import { Aws } from 'aws-cdk-lib';
import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { named } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { logGroup } from './log-group.ts';
import type { Setting } from './setting.ts';
import type { SwoeFunction } from './swoe-function.ts';

const ACCESS = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  event: '$context.eventType',
  route: '$context.routeKey',
  status: '$context.status',
  stage: '$context.stage',
  connection: '$context.connectionId',
});

const invocation = (to: SwoeFunction): string =>
  `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${to.fn.functionArn}/invocations`;

/** The WebSocket API. Each channel is a stage; rooms learn which from the request's own context. */
export class SocketApi extends Construct {
  readonly apiId: string;
  /** Callback URL without its stage. */
  readonly endpoint: string;
  readonly stages: readonly CfnStage[];

  constructor(
    scope: Construct,
    id: string,
    private readonly setting: Setting,
  ) {
    super(scope, id);
    const api = new CfnApi(this, 'Api', {
      name: named(setting.config, 'sockets'),
      description: 'SWOE live: events, workflow-status and alerts',
      protocolType: 'WEBSOCKET',
      routeSelectionExpression: '$request.body.action',
    });
    this.apiId = api.ref;
    this.endpoint = `https://${api.ref}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    this.stages = Channel.options.map((channel) => this.stage(channel));
  }

  /** `wss://…/<channel>` of each channel. */
  get urls(): Record<Channel, string> {
    return Object.fromEntries(
      Channel.options.map((channel) => [channel, `wss://${this.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${channel}`]),
    ) as Record<Channel, string>;
  }

  /** Joins the rooms on. Made after the API, since they are told its address. */
  route({ connect, authorizer }: { connect: SwoeFunction; authorizer: SwoeFunction }): void {
    const integration = new CfnIntegration(this, 'Connect', {
      apiId: this.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: invocation(connect),
    });
    // No identity source: a ticket in the query or a bearer token in a header, and API Gateway would insist on every one that is named.
    const guard = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.apiId,
      name: 'authorizer',
      authorizerType: 'REQUEST',
      authorizerUri: invocation(authorizer),
    });
    const target = `integrations/${integration.ref}`;
    new CfnRoute(this, 'ConnectRoute', {
      apiId: this.apiId,
      routeKey: '$connect',
      target,
      authorizationType: 'CUSTOM',
      authorizerId: guard.ref,
    });
    for (const routeKey of ['$disconnect', '$default']) {
      const route = new CfnRoute(this, `Route-${routeKey.slice(1)}`, { apiId: this.apiId, routeKey, target, authorizationType: 'NONE' });
      acknowledge(route, {
        'AwsSolutions-APIG4': 'A WebSocket API authorises on $connect only; expiry and role are checked again at every message and push.',
      });
    }
    for (const [id, room] of Object.entries({ connect, authorizer }))
      room.fn.addPermission(`Sockets-${id}`, {
        principal: new ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.apiId}/*`,
      });
  }

  private stage(channel: Channel): CfnStage {
    const access = logGroup(this, `Logs-${channel}`, `/aws/apigateway/${named(this.setting.config, `sockets-${channel}`)}`, this.setting);
    // API Gateway would make this group itself, without an end to its memory.
    const errors = logGroup(this, `ErrorLogs-${channel}`, `/aws/apigateway/${this.apiId}/${channel}`, this.setting);
    const stage = new CfnStage(this, `Stage-${channel}`, {
      apiId: this.apiId,
      stageName: channel,
      autoDeploy: true,
      accessLogSettings: { destinationArn: access.logGroupArn, format: ACCESS },
      defaultRouteSettings: {
        loggingLevel: 'ERROR',
        dataTraceEnabled: false,
        detailedMetricsEnabled: true,
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
      },
    });
    stage.node.addDependency(errors);
    return stage;
  }
}
