import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { withRetry } from './retry.ts';
import type { Runtime, ShortCircuit } from './runtime.ts';

/** The only place where SDK clients are made, so the only place where a local run answers instead of the network. */

interface Stack {
  add(middleware: unknown, options: object): void;
}

/** Puts the short circuit at `serialize`, so marshalling stays and socket, signature and serialisation go. */
const shortCircuit = (stack: Stack, service: string, { aws, random }: { aws: ShortCircuit; random: () => number }): void => {
  const middleware = (_next: unknown, context: { commandName?: string }) => async (args: { input: unknown }) => {
    const operation = (context.commandName ?? '').replace(/Command$/, '');
    const output = await withRetry(() => aws(service, operation, args.input), random);
    return { response: {}, output: { $metadata: { httpStatusCode: 200, attempts: 1, totalRetryDelay: 0 }, ...output } };
  };
  stack.add(middleware, { step: 'serialize', priority: 'high', name: 'swoeShortCircuit' });
};

const make = <C extends { middlewareStack: unknown }>(client: C, service: string, { aws, random }: Runtime): C => {
  if (aws) shortCircuit(client.middlewareStack as Stack, service, { aws, random });
  return client;
};

const config = ({ env, aws }: Runtime) => ({
  region: env['AWS_REGION'] ?? 'us-east-1',
  ...(aws ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
});

export const dynamoDb = (runtime: Runtime): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(make(new DynamoDBClient(config(runtime)), 'dynamodb', runtime), {
    marshallOptions: { removeUndefinedValues: true },
  });

export const eventBridge = (runtime: Runtime): EventBridgeClient => make(new EventBridgeClient(config(runtime)), 'events', runtime);

export const stepFunctions = (runtime: Runtime): SFNClient => make(new SFNClient(config(runtime)), 'states', runtime);

export const sqs = (runtime: Runtime): SQSClient => make(new SQSClient(config(runtime)), 'sqs', runtime);

/** `endpoint` is the stage's callback URL, `https://{api}.execute-api.{region}.amazonaws.com/{stage}`. */
export const connections = (runtime: Runtime, endpoint: string): ApiGatewayManagementApiClient =>
  make(new ApiGatewayManagementApiClient({ ...config(runtime), endpoint }), `execute-api ${endpoint}`, runtime);
