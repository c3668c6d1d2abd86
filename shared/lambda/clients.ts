import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { withRetry } from './retry.ts';
import type { Runtime, ShortCircuit } from './runtime.ts';

/** The only place where SDK clients are made, so the only place where a local run answers instead of the network. */

interface Stack {
  add(middleware: unknown, options: object): void;
  addRelativeTo(middleware: unknown, options: object): void;
}

const NAME = 'swoeShortCircuit';

/** A middleware that answers without calling the next: socket, signature and serialisation are skipped, marshalling stays. */
const shortCircuit =
  (service: string, aws: ShortCircuit, open: (output: object) => object = (output) => output) =>
  (_next: unknown, context: { commandName?: string }) =>
  async (args: { input: unknown }) => {
    const operation = (context.commandName ?? '').replace(/Command$/, '');
    const output = open(await withRetry(() => aws(service, operation, args.input)));
    return { response: {}, output: { $metadata: { httpStatusCode: 200, attempts: 1, totalRetryDelay: 0 }, ...output } };
  };

const make = <C extends { middlewareStack: unknown }>(client: C, service: string, { aws }: Runtime): C => {
  if (aws) (client.middlewareStack as Stack).add(shortCircuit(service, aws), { step: 'serialize', priority: 'high', name: NAME });
  return client;
};

type Attributes = Record<string, AttributeValue>;
type Answer = {
  Item?: Attributes;
  Items?: Attributes[];
  Attributes?: Attributes;
  LastEvaluatedKey?: Attributes;
  Responses?: Record<string, Attributes[]>;
};

/** What the document client's own unmarshalling does, which sits behind the short circuit. */
const plain = (output: object): object => {
  const { Item, Items, Attributes, LastEvaluatedKey, Responses, ...rest } = output as Answer;
  const one = (item: Attributes | undefined) => item && unmarshall(item);
  return {
    ...rest,
    Item: one(Item),
    Items: Items?.map((item) => unmarshall(item)),
    Attributes: one(Attributes),
    LastEvaluatedKey: one(LastEvaluatedKey),
    Responses:
      Responses && Object.fromEntries(Object.entries(Responses).map(([name, items]) => [name, items.map((item) => unmarshall(item))])),
  };
};

const config = ({ env, aws }: Runtime) => ({
  region: env['AWS_REGION'] ?? 'us-east-1',
  ...(aws ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
});

/** The short circuit stands right behind the document client's marshalling, so stores send what they would send to AWS. */
const documents = (client: DynamoDBClient, { aws }: Runtime): DynamoDBDocumentClient => {
  const behind = { relation: 'after', toMiddleware: 'DocumentMarshall', name: NAME };
  if (aws) (client.middlewareStack as Stack).addRelativeTo(shortCircuit('dynamodb', aws, plain), behind);
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
};

export const dynamoDb = (runtime: Runtime): DynamoDBDocumentClient => documents(new DynamoDBClient(config(runtime)), runtime);

export const eventBridge = (runtime: Runtime): EventBridgeClient => make(new EventBridgeClient(config(runtime)), 'events', runtime);

export const stepFunctions = (runtime: Runtime): SFNClient => make(new SFNClient(config(runtime)), 'states', runtime);

export const sqs = (runtime: Runtime): SQSClient => make(new SQSClient(config(runtime)), 'sqs', runtime);

/** `endpoint` is the stage's callback URL, `https://{api}.execute-api.{region}.amazonaws.com/{stage}`. */
export const connections = (runtime: Runtime, endpoint: string): ApiGatewayManagementApiClient =>
  make(new ApiGatewayManagementApiClient({ ...config(runtime), endpoint }), `execute-api ${endpoint}`, runtime);
