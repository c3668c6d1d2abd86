import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MARSHALLING } from './documents.ts';
import type { Runtime } from './runtime.ts';
import { answeredBy } from './short-circuit.ts';

/** The only place where SDK clients are made, so the only place where a local run answers instead of the network. */

const config = ({ env }: Runtime) => ({ region: env['AWS_REGION'] ?? 'us-east-1' });

const make = <Client>(runtime: Runtime, service: string, overTheNetwork: () => Client): Client =>
  runtime.aws ? answeredBy<Client>(service, runtime.aws, runtime) : overTheNetwork();

export const dynamoDb = (runtime: Runtime): DynamoDBDocumentClient =>
  make(runtime, 'dynamodb', () =>
    DynamoDBDocumentClient.from(new DynamoDBClient(config(runtime)), { marshallOptions: { ...MARSHALLING } }),
  );

export const eventBridge = (runtime: Runtime): EventBridgeClient => make(runtime, 'events', () => new EventBridgeClient(config(runtime)));

export const stepFunctions = (runtime: Runtime): SFNClient => make(runtime, 'states', () => new SFNClient(config(runtime)));

export const scheduler = (runtime: Runtime): SchedulerClient => make(runtime, 'scheduler', () => new SchedulerClient(config(runtime)));

export const sqs = (runtime: Runtime): SQSClient => make(runtime, 'sqs', () => new SQSClient(config(runtime)));

/** One push that hangs holds up everybody's. */
const PUSH_TIMES = { connectionTimeout: 1_000, requestTimeout: 3_000 };
export const kms = (runtime: Runtime): KMSClient => make(runtime, 'kms', () => new KMSClient(config(runtime)));

export const s3 = (runtime: Runtime): S3Client => make(runtime, 's3', () => new S3Client(config(runtime)));

/** `endpoint` is the stage's callback URL, `https://{api}.execute-api.{region}.amazonaws.com/{stage}`. */
export const connections = (runtime: Runtime, endpoint: string): ApiGatewayManagementApiClient =>
  make(
    runtime,
    `execute-api ${endpoint}`,
    () => new ApiGatewayManagementApiClient({ ...config(runtime), endpoint, requestHandler: PUSH_TIMES }),
  );
