import { Aws } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StageConfig } from '../config.ts';
import type { FunctionSpec, TableName } from '../function-spec.ts';
import { deadlineNames, executionPrefix, machinePrefix } from '../names.ts';

const allow = (
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Record<string, Record<string, string | string[]>>,
) => new PolicyStatement({ sid, actions: [...actions], resources: [...resources], conditions });

/** Statement ids hold letters and digits only. */
const pascal = (name: string): string => name.replace(/(^|-)([a-z])/g, (_, _hyphen, letter: string) => letter.toUpperCase());

export interface Reach {
  readonly tables: Readonly<Record<TableName, ITable>>;
  readonly busArn: string;
  readonly vaultKeyArn: string;
}

const tableGrants = ({ tables, indexes = {} }: FunctionSpec, reach: Reach): PolicyStatement[] => [
  ...Object.entries(tables).map(([name, actions]) =>
    allow(
      `${pascal(name)}Table`,
      actions.map((action) => `dynamodb:${action}`),
      [reach.tables[name as TableName].tableArn],
    ),
  ),
  ...Object.entries(indexes).map(([name, names]) =>
    allow(
      `${pascal(name)}Indexes`,
      ['dynamodb:Query'],
      names.map((index) => `${reach.tables[name as TableName].tableArn}/index/${index}`),
    ),
  ),
];

/** `own` may put no source but `swoe`, so a room that is broken into cannot speak for a producer; one that speaks for producers, or to other agencies, for no others. */
const busGrants = ({ bus }: FunctionSpec, { busArn }: Reach): PolicyStatement[] => {
  if (!bus) return [];
  const sources = bus === 'own' ? 'swoe' : bus === 'out' ? 'partner_agency' : [...bus];
  return [allow('Bus', ['events:PutEvents'], [busArn], bus === 'any' ? undefined : { StringEquals: { 'events:source': sources } })];
};

/** Subjects' keys are made and opened one by one, each under its own encryption context. */
const vaultGrants = ({ vaultKey = [] }: FunctionSpec, { vaultKeyArn }: Reach): PolicyStatement[] =>
  vaultKey.length > 0
    ? [
        allow(
          'Vault',
          vaultKey.map((action) => `kms:${action}`),
          [vaultKeyArn],
        ),
      ]
    : [];

const states = (actions: readonly string[]): string[] => actions.map((action) => `states:${action}`);

/** Machines by the prefix of their names: the rooms that start them stand in stacks below the machines. */
const machineGrants = ({ machines = [], executions = [] }: FunctionSpec, config: StageConfig): PolicyStatement[] => [
  ...(machines.length > 0 ? [allow('Machines', states(machines), [`${machinePrefix(config)}*`])] : []),
  ...(executions.length > 0 ? [allow('Executions', states(executions), [`${executionPrefix(config)}*:*`])] : []),
];

/** Schedules by their group and the beginning of their names: each is an execution's, and those come and go. */
const scheduleGrants = ({ schedules = [] }: FunctionSpec, config: StageConfig): PolicyStatement[] => {
  const { group, roleArn } = deadlineNames(config);
  const own = `arn:${Aws.PARTITION}:scheduler:${Aws.REGION}:${Aws.ACCOUNT_ID}:schedule/${group}/deadline-*`;
  const passing = schedules.some((action) => action !== 'DeleteSchedule');
  return [
    ...(schedules.length > 0
      ? [
          allow(
            'Deadlines',
            schedules.map((action) => `scheduler:${action}`),
            [own],
          ),
        ]
      : []),
    ...(passing
      ? [allow('DeadlineRole', ['iam:PassRole'], [roleArn], { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } })]
      : []),
  ];
};

/** The wildcards of machineGrants and scheduleGrants, as cdk-nag names them, and why they stand. */
export const prefixFindings = ({ machines, executions, schedules }: FunctionSpec, { stage }: StageConfig): Record<string, string> => {
  const finding = (end: string, service = 'states'): string =>
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${end}]`;
  const why = "Every workflow of this stage and nothing else: which one is decided by the event, and the machines' stack stands above.";
  return {
    ...(machines ? { [finding(`stateMachine:swoe-${stage}-*`)]: why } : {}),
    ...(executions ? { [finding(`execution:swoe-${stage}-*:*`)]: why } : {}),
    ...(schedules
      ? {
          [finding(`schedule/swoe-${stage}-deadlines/deadline-*`, 'scheduler')]:
            "Executions' deadlines, one schedule each, in a group of their own.",
        }
      : {}),
  };
};

/** The use of our key that tables, queues and environments encrypted with it ask of their callers. */
export const keyGrant = (keyArn: string): PolicyStatement =>
  allow(
    'Key',
    [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
    ],
    [keyArn],
  );

/** X-Ray has no resources to name. */
const tracing = (): PolicyStatement => allow('Tracing', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);

export const logging = (logGroupArn: string): PolicyStatement =>
  allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]);

/** Lambda's poller reads a queue as the function. */
export const polling = (queueArns: readonly string[]): PolicyStatement =>
  allow('Queues', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArns);

/** Lambda's poller reads a stream as the function; ListStreams has no resource to name. */
export const streaming = (streamArn: string): PolicyStatement[] => [
  allow('Stream', ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [streamArn]),
  allow('Streams', ['dynamodb:ListStreams'], ['*']),
];

export const sending = (queueArns: readonly string[], sid = 'Send'): PolicyStatement => allow(sid, ['sqs:SendMessage'], queueArns);

/** Any connection of the named stages; a connection's id is not known before it is made. */
export const pushing = (apiId: string, stages: readonly string[], verbs: readonly string[]): PolicyStatement =>
  allow(
    'Connections',
    ['execute-api:ManageConnections'],
    stages.flatMap((stage) =>
      verbs.map((verb) => `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${apiId}/${stage}/${verb}/@connections/*`),
    ),
  );

/** The wildcards of `pushing`, as cdk-nag names them: the API by its logical id. */
export const pushFindings = ({ Ref }: { Ref: string }, stages: readonly string[], verbs: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    stages.flatMap((stage) =>
      verbs.map((verb) => [
        `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${Ref}>/${stage}/${verb}/@connections/*]`,
        'Connections come and go; their ids are made by API Gateway. The API, the channel and the verb are named.',
      ]),
    ),
  );

/** Everything a room's line in infra/functions.ts grants it. */
export const roomGrants = (spec: FunctionSpec, reach: Reach, config: StageConfig, keyArn: string): PolicyStatement[] => [
  ...tableGrants(spec, reach),
  ...busGrants(spec, reach),
  ...vaultGrants(spec, reach),
  ...machineGrants(spec, config),
  ...scheduleGrants(spec, config),
  keyGrant(keyArn),
  tracing(),
];
