import { createHash } from 'node:crypto';
import { CLIENT_ID, type Place, POOL_ID } from './place.ts';

/** What Ref gives of a resource, and GetAtt. */
export interface Physical {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Naming extends Place {
  readonly stack: string;
  readonly logicalId: string;
  /** A property of the resource, resolved; undefined where the template leaves it out. */
  property(name: string): unknown;
}

type Maker = (naming: Naming) => Physical;

const arn = ({ region, account }: Place, service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;

/** A name of ten characters, the same in every run, where AWS would draw one. */
const drawn = ({ stack, logicalId }: Naming): string =>
  BigInt(`0x${createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 24)}`)
    .toString(36)
    .padStart(10, '0')
    .slice(0, 10);

const text = (naming: Naming, property: string): string => {
  const value = naming.property(property);
  return typeof value === 'string' ? value : `${naming.stack}-${naming.logicalId}`;
};

/** A resource whose Ref is its name and whose Arn is made of it. */
const named =
  (
    property: string,
    service: string,
    rest: (name: string, naming: Naming) => string,
    more: (name: string, naming: Naming) => Record<string, string> = () => ({}),
  ): Maker =>
  (naming) => {
    const name = text(naming, property);
    return { ref: name, attributes: { Arn: arn(naming, service, rest(name, naming)), ...more(name, naming) } };
  };

/** A resource whose Ref is an id that AWS draws, with attributes of the same value. */
const withId =
  (...attributes: string[]): Maker =>
  (naming) => {
    const id = drawn(naming);
    return { ref: id, attributes: Object.fromEntries(attributes.map((name) => [name, id])) };
  };

const arnAsRef =
  (property: string, service: string, rest: (name: string) => string): Maker =>
  (naming) => {
    const name = text(naming, property);
    const own = arn(naming, service, rest(name));
    return { ref: own, attributes: { Arn: own, Name: name } };
  };

/** IAM is the one service whose ARNs name no region. */
const iam =
  (property: string, kind: string, asRef: 'name' | 'arn'): Maker =>
  (naming) => {
    const name = text(naming, property);
    const own = `arn:aws:iam::${naming.account}:${kind}/${name}`;
    return { ref: asRef === 'arn' ? own : name, attributes: { Arn: own, RoleId: drawn(naming), Id: name } };
  };

const queue: Maker = (naming) => {
  const name = text(naming, 'QueueName');
  const url = `https://sqs.${naming.region}.amazonaws.com/${naming.account}/${name}`;
  return { ref: url, attributes: { Arn: arn(naming, 'sqs', name), QueueName: name, QueueUrl: url } };
};

const userPool: Maker = (naming) => {
  const id = POOL_ID;
  const provider = `cognito-idp.${naming.region}.amazonaws.com/${id}`;
  return {
    ref: id,
    attributes: {
      Arn: arn(naming, 'cognito-idp', `userpool/${id}`),
      ProviderName: provider,
      ProviderURL: `https://${provider}`,
      UserPoolId: id,
    },
  };
};

const webSocketApi: Maker = (naming) => {
  const id = drawn(naming);
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: `wss://${id}.execute-api.${naming.region}.amazonaws.com` } };
};

const version: Maker = (naming) => {
  const name = String(naming.property('FunctionName'));
  const own = name.startsWith('arn:') ? `${name}:1` : arn(naming, 'lambda', `function:${name}:1`);
  return { ref: own, attributes: { Version: '1', FunctionArn: own } };
};

/** A template has one version of a state machine, and that is number 1. */
const machineVersion: Maker = (naming) => {
  const own = `${String(naming.property('StateMachineArn'))}:1`;
  return { ref: own, attributes: { Arn: own } };
};

/** An alias's ARN is its machine's, which its first route names. */
const machineAlias: Maker = (naming) => {
  const name = text(naming, 'Name');
  const routing = naming.property('RoutingConfiguration') ?? [];
  const preference = naming.property('DeploymentPreference') ?? {};
  const [{ StateMachineVersionArn: first } = preference as Record<string, unknown>] = routing as Record<string, unknown>[];
  const own = String(first ?? '').replace(/:[^:]*$/, `:${name}`);
  return { ref: own, attributes: { Arn: own } };
};

const schedule: Maker = (naming) => {
  const name = text(naming, 'Name');
  const group = naming.property('GroupName');
  return { ref: name, attributes: { Arn: arn(naming, 'scheduler', `schedule/${typeof group === 'string' ? group : 'default'}/${name}`) } };
};

const rule: Maker = (naming) => {
  const name = text(naming, 'Name');
  const bus = naming.property('EventBusName');
  const on = typeof bus === 'string' ? `${bus.split('/').at(-1)}/` : '';
  return { ref: name, attributes: { Arn: arn(naming, 'events', `rule/${on === 'default/' ? '' : on}${name}`) } };
};

/** By type: what CloudFormation documents as return values, as far as one machine can tell. */
export const PHYSICAL: Readonly<Record<string, Maker>> = {
  'AWS::ApiGateway::ApiKey': withId('APIKeyId'),
  'AWS::ApiGateway::Authorizer': withId('AuthorizerId'),
  'AWS::ApiGateway::Deployment': withId('DeploymentId'),
  'AWS::ApiGateway::Model': (naming) => ({ ref: text(naming, 'Name'), attributes: {} }),
  'AWS::ApiGateway::RequestValidator': withId('RequestValidatorId'),
  'AWS::ApiGateway::Resource': withId('ResourceId'),
  'AWS::ApiGateway::RestApi': (naming) => ({
    ref: drawn(naming),
    attributes: { RestApiId: drawn(naming), RootResourceId: `root-${drawn(naming)}` },
  }),
  'AWS::ApiGateway::Stage': (naming) => ({ ref: text(naming, 'StageName'), attributes: {} }),
  'AWS::ApiGateway::UsagePlan': withId('Id'),
  'AWS::ApiGateway::UsagePlanKey': withId('Id'),
  'AWS::ApiGatewayV2::Api': webSocketApi,
  'AWS::ApiGatewayV2::Authorizer': withId('AuthorizerId'),
  'AWS::ApiGatewayV2::Deployment': withId('DeploymentId'),
  'AWS::ApiGatewayV2::Integration': withId('IntegrationId'),
  'AWS::ApiGatewayV2::Route': withId('RouteId'),
  'AWS::ApiGatewayV2::Stage': (naming) => ({ ref: text(naming, 'StageName'), attributes: {} }),
  'AWS::Cognito::UserPool': userPool,
  'AWS::Cognito::UserPoolClient': () => ({ ref: CLIENT_ID, attributes: { ClientId: CLIENT_ID } }),
  'AWS::Cognito::UserPoolGroup': (naming) => ({ ref: text(naming, 'GroupName'), attributes: {} }),
  'AWS::DynamoDB::GlobalTable': named(
    'TableName',
    'dynamodb',
    (name) => `table/${name}`,
    (name, naming) => ({ TableId: name, StreamArn: arn(naming, 'dynamodb', `table/${name}/stream/local`) }),
  ),
  'AWS::DynamoDB::Table': named(
    'TableName',
    'dynamodb',
    (name) => `table/${name}`,
    (name, naming) => ({ StreamArn: arn(naming, 'dynamodb', `table/${name}/stream/local`) }),
  ),
  'AWS::Events::Archive': named('ArchiveName', 'events', (name) => `archive/${name}`),
  'AWS::Events::EventBus': named(
    'Name',
    'events',
    (name) => `event-bus/${name}`,
    (name) => ({ Name: name }),
  ),
  'AWS::Events::Rule': rule,
  'AWS::IAM::ManagedPolicy': iam('ManagedPolicyName', 'policy', 'arn'),
  'AWS::IAM::Policy': iam('PolicyName', 'policy', 'name'),
  'AWS::IAM::Role': iam('RoleName', 'role', 'name'),
  'AWS::KMS::Key': (naming) => ({
    ref: drawn(naming),
    attributes: { Arn: arn(naming, 'kms', `key/${drawn(naming)}`), KeyId: drawn(naming) },
  }),
  'AWS::KMS::Alias': (naming) => ({ ref: text(naming, 'AliasName'), attributes: {} }),
  'AWS::Lambda::Alias': (naming) => {
    const own = `${String(naming.property('FunctionName')).replace(/^(?!arn:)/, arn(naming, 'lambda', 'function:'))}:${text(naming, 'Name')}`;
    return { ref: own, attributes: { AliasArn: own } };
  },
  'AWS::Lambda::EventSourceMapping': withId('Id'),
  'AWS::Lambda::Function': named('FunctionName', 'lambda', (name) => `function:${name}`),
  'AWS::Lambda::Version': version,
  'AWS::Logs::LogGroup': named('LogGroupName', 'logs', (name) => `log-group:${name}:*`),
  'AWS::S3::Bucket': (naming) => {
    const name = String(naming.property('BucketName') ?? `${naming.stack}-${drawn(naming)}`.toLowerCase());
    const domain = `${name}.s3.amazonaws.com`;
    return {
      ref: name,
      attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: `${name}.s3.${naming.region}.amazonaws.com` },
    };
  },
  'AWS::SNS::Topic': arnAsRef('TopicName', 'sns', (name) => name),
  'AWS::SQS::Queue': queue,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Scheduler::ScheduleGroup': named('Name', 'scheduler', (name) => `schedule-group/${name}`),
  'AWS::StepFunctions::StateMachine': arnAsRef('StateMachineName', 'states', (name) => `stateMachine:${name}`),
  'AWS::StepFunctions::StateMachineAlias': machineAlias,
  'AWS::StepFunctions::StateMachineVersion': machineVersion,
  'AWS::WAFv2::WebACL': named(
    'Name',
    'wafv2',
    (name, naming) => `regional/webacl/${name}/${drawn(naming)}`,
    (_name, naming) => ({ Id: drawn(naming) }),
  ),
};

/** A resource of a type not listed above has a name by its place and an ARN that nothing answers to. */
export const physical = (type: string, naming: Naming): Physical =>
  PHYSICAL[type]?.(naming) ?? { ref: `${naming.stack}-${naming.logicalId}`, attributes: { Arn: arn(naming, 'local', naming.logicalId) } };
