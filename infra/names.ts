import { Aws } from 'aws-cdk-lib';
import type { StageConfig } from './config.ts';

/** Physical names. They are fixed so that operators, the bus policy and the local run find things without asking CloudFormation. */
export const named = ({ stage }: StageConfig, name: string): string => `swoe-${stage}-${name}`;

export const busName = ({ stage }: StageConfig): string => (stage === 'dev' ? 'swoe' : `swoe-${stage}`);

/** The ARN of a function's role, by name: the bus policy names roles of stacks that stand above it. */
export const roleArn = (config: StageConfig, room: string): string =>
  `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${named(config, room)}`;

/** What every state machine's ARN begins with; a workflow's name follows. */
export const machinePrefix = (config: StageConfig): string =>
  `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${named(config, '')}`;

/** What every execution's ARN begins with; the machine's workflow and the execution's name follow. */
export const executionPrefix = (config: StageConfig): string =>
  `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${named(config, '')}`;

/** The bucket of the journal's checkpoints; names of buckets are the whole world's. */
export const checkpointBucket = (config: StageConfig): string => named(config, `checkpoints-${Aws.ACCOUNT_ID}-${Aws.REGION}`);
export const checkpointArn = (config: StageConfig, objects = ''): string =>
  `arn:${Aws.PARTITION}:s3:::${checkpointBucket(config)}${objects}`;

/** A queue of a stack that stands beside, by its name. */
export const queueArn = (config: StageConfig, name: string): string =>
  `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${named(config, name)}`;
export const queueUrl = (config: StageConfig, name: string): string =>
  `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/${named(config, name)}`;

/** The schedule group of executions' deadlines, the role that Scheduler takes on for them, and the queue they go to. */
export const deadlineNames = (config: StageConfig) => ({
  group: named(config, 'deadlines'),
  roleArn: roleArn(config, 'deadlines'),
  queueArn: queueArn(config, 'finish'),
});

/** A principal as a stage file writes it, with the deployment's own account and partition put in. */
export const principal = (arn: string): string =>
  arn.replace('${AWS::Partition}', Aws.PARTITION).replace('${AWS::AccountId}', Aws.ACCOUNT_ID);
