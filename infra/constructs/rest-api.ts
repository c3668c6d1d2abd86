import { Duration } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiKeySourceType,
  AuthorizationType,
  EndpointType,
  IdentitySource,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RequestAuthorizer,
  RequestValidator,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Endpoint } from '../../shared/contracts/endpoint.ts';
import { BASE_PATH, endpoints } from '../../shared/contracts/endpoints.ts';
import { named } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { problemResponses } from './gateway-responses.ts';
import { logGroup } from './log-group.ts';
import { requestModel, requestParameters } from './request-models.ts';
import type { Setting } from './setting.ts';
import type { SwoeFunction } from './swoe-function.ts';

/** `/api/orchestration`: the stage is called `api`, so that the path is literal. */
const [, STAGE = '', ROOT = ''] = BASE_PATH.split('/');

export interface OrchestrationApiProps {
  readonly api: SwoeFunction;
  readonly authorizer: SwoeFunction;
}

/** The REST API: every endpoint of shared/contracts, each behind the authorizer and the validator. */
export class OrchestrationApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, props: OrchestrationApiProps, setting: Setting) {
    super(scope, id);
    const logs = logGroup(this, 'AccessLogs', `/aws/apigateway/${named(setting.config, 'rest-access')}`, setting);
    this.api = new RestApi(this, 'Api', {
      restApiName: named(setting.config, 'rest'),
      description: 'SWOE for dispatchers',
      endpointTypes: [EndpointType.REGIONAL],
      // Nobody is handed a key: the authorizer says whose rate a request counts against.
      apiKeySourceType: ApiKeySourceType.AUTHORIZER,
      // The account's role for logs is made once, in ApiLogging.
      cloudWatchRole: false,
      deployOptions: {
        stageName: STAGE,
        accessLogDestination: new LogGroupLogDestination(logs),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
        loggingLevel: MethodLoggingLevel.ERROR,
        // Bodies are about people.
        dataTraceEnabled: false,
        metricsEnabled: true,
        tracingEnabled: true,
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
      },
    });
    // The stack says the address of the orchestration, not of the stage.
    this.api.node.tryRemoveChild('Endpoint');
    // API Gateway would make this group itself, without an end to its memory.
    const errors = logGroup(this, 'ErrorLogs', `API-Gateway-Execution-Logs_${this.api.restApiId}/${STAGE}`, setting);
    this.api.deploymentStage.node.addDependency(errors);
    acknowledge(this.api, {
      'AwsSolutions-COG4':
        'A Lambda authorizer checks the same Cognito tokens, for REST and WebSocket alike, and issues tickets; a Cognito authorizer cannot.',
    });
    acknowledge(this.api.deploymentStage, {
      'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted': 'A dispatcher must see what is, not what was; nothing is cached.',
      'NIST.800.53.R5-APIGWSSLEnabled':
        'Every method ends in a Lambda function, to which API Gateway signs its calls; there is no backend to show a certificate to.',
    });
    problemResponses(this.api);
    this.addEndpoints(props);
  }

  private addEndpoints({ api, authorizer }: OrchestrationApiProps): void {
    const integration = new LambdaIntegration(api.fn, {
      scopePermissionToMethod: false,
      timeout: Duration.seconds(20),
    });
    const requestValidator = new RequestValidator(this, 'Validator', {
      restApi: this.api,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const options = {
      requestValidator,
      apiKeyRequired: true,
      authorizationType: AuthorizationType.CUSTOM,
      authorizer: new RequestAuthorizer(this, 'Authorizer', {
        handler: authorizer.fn,
        identitySources: [IdentitySource.header('Authorization')],
        // An answer that is kept would outlive a role that was taken away.
        resultsCacheTtl: Duration.seconds(0),
      }),
    };
    const root = this.api.root.addResource(ROOT);
    for (const endpoint of endpoints as readonly Endpoint[])
      root.resourceForPath(endpoint.path.slice(1)).addMethod(endpoint.method, integration, {
        ...options,
        operationName: endpoint.operation,
        requestModels: requestModel(this.api, endpoint),
        requestParameters: requestParameters(endpoint),
      });
  }
}
