import { Refusal } from '../kernel/refusal.ts';
import type { Resource } from './resolve.ts';

/** Every resource type that is run here, and which room runs it. */
export const RUN: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::ApiKey': 'gateway',
  'AWS::ApiGateway::Authorizer': 'gateway',
  'AWS::ApiGateway::GatewayResponse': 'gateway',
  'AWS::ApiGateway::Method': 'gateway',
  'AWS::ApiGateway::Model': 'gateway',
  'AWS::ApiGateway::RequestValidator': 'gateway',
  'AWS::ApiGateway::Resource': 'gateway',
  'AWS::ApiGateway::RestApi': 'gateway',
  'AWS::ApiGateway::Stage': 'gateway',
  'AWS::ApiGateway::UsagePlan': 'gateway',
  'AWS::ApiGateway::UsagePlanKey': 'gateway',
  'AWS::ApiGatewayV2::Api': 'gateway',
  'AWS::ApiGatewayV2::Authorizer': 'gateway',
  'AWS::ApiGatewayV2::Integration': 'gateway',
  'AWS::ApiGatewayV2::Route': 'gateway',
  'AWS::ApiGatewayV2::RouteResponse': 'gateway',
  'AWS::ApiGatewayV2::Stage': 'gateway',
  'AWS::Cognito::UserPool': 'identity',
  'AWS::Cognito::UserPoolClient': 'identity',
  'AWS::Cognito::UserPoolGroup': 'identity',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::Events::Archive': 'events',
  'AWS::Events::EventBus': 'events',
  'AWS::Events::EventBusPolicy': 'port',
  'AWS::Events::Rule': 'events',
  'AWS::IAM::ManagedPolicy': 'port',
  'AWS::IAM::Policy': 'port',
  'AWS::IAM::Role': 'port',
  'AWS::KMS::Alias': 'keys',
  'AWS::KMS::Key': 'keys',
  'AWS::Lambda::EventInvokeConfig': 'functions',
  'AWS::Lambda::EventSourceMapping': 'functions',
  'AWS::Lambda::Function': 'functions',
  'AWS::Lambda::Permission': 'port',
  'AWS::S3::Bucket': 'buckets',
  'AWS::S3::BucketPolicy': 'port',
  'AWS::Scheduler::Schedule': 'schedules',
  'AWS::Scheduler::ScheduleGroup': 'schedules',
  'AWS::SQS::Queue': 'queues',
  'AWS::SQS::QueuePolicy': 'port',
  'AWS::StepFunctions::StateMachine': 'states',
  'AWS::StepFunctions::StateMachineAlias': 'states',
  'AWS::StepFunctions::StateMachineVersion': 'states',
};

/** Every resource type that means nothing on one machine, and why. */
export const NOTHING_HERE: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'the role with which API Gateway writes its own logs; here requests are written to swoe.log',
  'AWS::ApiGateway::Deployment': 'a frozen copy of the routes; here the routes of the template are served as they are',
  'AWS::ApiGateway::DomainName': 'a public name and its certificate; here it is 127.0.0.1',
  'AWS::ApiGateway::BasePathMapping': 'maps a public name to the API; here it is 127.0.0.1',
  'AWS::ApiGatewayV2::ApiMapping': 'maps a public name to the channels; here they are paths',
  'AWS::ApiGatewayV2::Deployment': 'a frozen copy of the routes; here the routes of the template are served as they are',
  'AWS::ApiGatewayV2::DomainName': 'a public name and its certificate; here it is 127.0.0.1',
  'AWS::CDK::Metadata': 'tells AWS which construct library was used',
  'AWS::CertificateManager::Certificate': 'TLS ends outside; the machine listens on loopback only',
  'AWS::CloudWatch::Alarm': 'no metrics service watches one machine; its thresholds are tested against the template',
  'AWS::CloudWatch::CompositeAlarm': 'no metrics service watches one machine',
  'AWS::CloudWatch::Dashboard': 'a page of the AWS console',
  'AWS::Cognito::UserPoolDomain': 'the sign-in page of people; here `npm run token` signs in',
  'AWS::Cognito::UserPoolResourceServer': 'scopes of machine clients; here `npm run token` gives what is asked for',
  'AWS::Lambda::LayerVersion': 'functions here are loaded from the bundle alone',
  'AWS::Lambda::Version': 'a frozen copy of a function; the bundle is loaded as it is',
  'AWS::Lambda::Alias': 'a name of a frozen copy of a function; the bundle is loaded as it is',
  'AWS::Logs::LogGroup': 'log lines go to swoe.log in the data directory',
  'AWS::Logs::MetricFilter': 'no metrics service watches one machine',
  'AWS::Logs::QueryDefinition': 'a saved query of the AWS console',
  'AWS::Logs::ResourcePolicy': 'who may write to log groups; log lines go to swoe.log',
  'AWS::ResourceGroups::Group': 'a page of the AWS console',
  'AWS::SNS::Subscription': 'tells people on call about alarms',
  'AWS::SNS::Topic': 'tells people on call about alarms',
  'AWS::SNS::TopicPolicy': 'guards a topic that only alarms use',
  'AWS::SSM::Parameter': 'a pointer for other stacks; here names come from the template',
  'AWS::WAFv2::LoggingConfiguration': 'there is no firewall on loopback',
  'AWS::WAFv2::WebACL': 'there is no firewall on loopback',
  'AWS::WAFv2::WebACLAssociation': 'there is no firewall on loopback',
};

/** Refuses a template that holds anything neither run nor known to mean nothing: a silent skip would be a lie about AWS. */
export const checkCatalogue = (resources: readonly Resource[]): void => {
  const unknown = resources.filter(({ type }) => !Object.hasOwn(RUN, type) && !Object.hasOwn(NOTHING_HERE, type));
  if (unknown.length === 0) return;
  const names = unknown.map(({ type, logicalId, stack }) => `${type} (${logicalId} in stack ${stack})`).join(', ');
  throw new Refusal(
    `The template holds what this machine cannot run: ${names}. Teach local/engines, or say in local/template/catalogue.ts why it means nothing on one machine.`,
  );
};
