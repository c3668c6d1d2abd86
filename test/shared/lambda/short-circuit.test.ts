import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamoDb } from '../../../shared/lambda/clients.ts';
import { MARSHALLING } from '../../../shared/lambda/documents.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';

type Sent = { operation: string; input: object };
type Client = Pick<DynamoDBDocumentClient, 'send'>;
type Command = Parameters<Client['send']>[0];

/** Bytes as the wire has them. */
const wired = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, item) => (item instanceof Uint8Array ? Buffer.from(item).toString('base64') : item)));

/** What came back, comparable: here bytes are the very ones that were given, over the wire they are others. */
const shown = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return ['bytes', ...value];
  if (value instanceof Set) return ['set', ...value].map(shown);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shown);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)]));
};

const shortCircuited = async (command: Command, answer: object): Promise<{ sent: Sent; output: unknown }> => {
  let sent: Sent | undefined;
  const aws: Runtime['aws'] = async (_service, operation, input) => {
    sent = { operation, input: wired(input) as object };
    return answer;
  };
  const runtime = { env: {}, clock: { now: () => 0 }, random: () => 0, log: console, aws } as unknown as Runtime;
  const output = await (dynamoDb(runtime) as Client).send(command);
  return { sent: sent as Sent, output };
};

/** The real client with all its middleware, whose last step is this function instead of a socket. */
const overTheWire = async (command: Command, answer: object): Promise<{ sent: Sent; output: unknown }> => {
  let sent: Sent | undefined;
  const handle = async (request: { headers: Record<string, string>; body: unknown }) => {
    const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
    sent = { operation, input: JSON.parse(Buffer.from(request.body as string).toString()) as object };
    return {
      response: {
        statusCode: 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: Buffer.from(JSON.stringify(wired(answer))),
      },
    };
  };
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    endpoint: 'http://127.0.0.1:1',
    requestHandler: { handle, httpHandlerConfigs: () => ({}), updateHttpClientConfig: () => {} } as never,
  });
  const output = await (DynamoDBDocumentClient.from(client, { marshallOptions: { ...MARSHALLING } }) as Client).send(command);
  return { sent: sent as Sent, output };
};

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const name = fc.stringMatching(/^[a-z]{1,6}$/);
const leaf = fc.oneof(
  text,
  fc.constant(''),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc.uint8Array({ minLength: 1, maxLength: 5 }),
  fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((all) => new Set(all)),
  fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 3 }).map((all) => new Set(all)),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const item = fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true }) as fc.Arbitrary<Record<string, unknown>>;
const values = fc.dictionary(
  name.map((key) => `:${key}`),
  value,
  { maxKeys: 3, noNullPrototype: true },
) as fc.Arbitrary<Record<string, unknown>>;
const TableName = 't';
const expressions = { UpdateExpression: 'SET a = :a', ConditionExpression: 'a = :b' };

const command: fc.Arbitrary<() => Command> = fc.oneof(
  item.map((Item) => () => new PutCommand({ TableName, Item }) as Command),
  item.map((Key) => () => new GetCommand({ TableName, Key, ConsistentRead: true }) as Command),
  item.map((Key) => () => new DeleteCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }) as Command),
  fc.tuple(item, values).map(
    ([Key, ExpressionAttributeValues]) =>
      () =>
        new UpdateCommand({ TableName, Key, ExpressionAttributeValues, ...expressions }) as Command,
  ),
  fc.tuple(fc.option(item, { nil: undefined }), values).map(
    ([ExclusiveStartKey, ExpressionAttributeValues]) =>
      () =>
        new QueryCommand({ TableName, ExclusiveStartKey, ExpressionAttributeValues, Limit: 3 }) as Command,
  ),
  fc.array(item, { minLength: 1, maxLength: 3 }).map((Keys) => () => new BatchGetCommand({ RequestItems: { t: { Keys } } }) as Command),
  fc.array(fc.tuple(item, values), { minLength: 1, maxLength: 3 }).map(
    (all) => () =>
      new TransactWriteCommand({
        ClientRequestToken: 'token',
        TransactItems: all.flatMap(([one, ExpressionAttributeValues]) => [
          { Put: { TableName, Item: one, ExpressionAttributeValues: undefined } },
          { Update: { TableName, Key: one, ExpressionAttributeValues, ...expressions } },
          { Delete: { TableName, Key: one } },
        ]),
      }) as Command,
  ),
);

describe('the short circuit', () => {
  it('hands on what the SDK’s whole middleware would put on the wire', async () => {
    await fc.assert(
      fc.asyncProperty(command, async (make) => {
        const here = await shortCircuited(make(), {}).catch((error: Error) => error.message);
        const there = await overTheWire(make(), {}).catch((error: Error) => error.message);
        if (typeof there === 'string') expect(here).toBe(there);
        else expect((here as typeof there).sent).toEqual(there.sent);
      }),
      { numRuns: 400 },
    );
  });

  it('gives back what the SDK’s whole middleware would make of the answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 3 }), async (items) => {
        const Items = items.map((one) => marshall(one, MARSHALLING));
        for (const [make, answer] of [
          [() => new QueryCommand({ TableName }), { Items, Count: items.length, LastEvaluatedKey: Items[0] }],
          [() => new GetCommand({ TableName, Key: {} }), { Item: Items[0] }],
          [() => new UpdateCommand({ TableName, Key: {} }), { Attributes: Items[0] }],
          [() => new BatchGetCommand({ RequestItems: { t: { Keys: [{}] } } }), { Responses: { t: Items }, UnprocessedKeys: {} }],
        ] as const) {
          const { $metadata: _here, ...here } = (await shortCircuited(make() as Command, answer)).output as Record<string, unknown>;
          const { $metadata: _there, ...there } = (await overTheWire(make() as Command, answer)).output as Record<string, unknown>;
          expect(shown(here)).toEqual(shown(there));
        }
      }),
      { numRuns: 100 },
    );
  });
});
