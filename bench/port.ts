import { join } from 'node:path';
import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createDynamoDb } from '../local/engines/dynamodb/engine.ts';
import { memoryLog } from '../local/kernel/log.ts';
import { createVirtualScheduler } from '../local/kernel/virtual-scheduler.ts';
import { portFor } from '../local/port/index.ts';
import { readTemplate } from '../local/template/index.ts';
import { LOCAL } from '../local/template/place.ts';
import { freshAssembly } from '../local/template/synthesise.ts';
import { dynamoDb } from '../shared/lambda/clients.ts';
import type { Runtime, ShortCircuit } from '../shared/lambda/runtime.ts';

/**
 * What one SDK call costs on its way: the engine alone, the port before it, the short circuit before that, and for comparison the
 * SDK's own middleware with an answer in place of its socket, which is what the short circuit was before (docs/decisions/006).
 */
const CHUNK = 2_000;
const CHUNKS = 7;
const ROLE = `arn:aws:iam::${LOCAL.account}:role/swoe-dev-step`;
const TABLE = 'swoe-dev-executions';

const open = async () => {
  const template = readTemplate(await freshAssembly(join(import.meta.dirname, '..', '.swoe', 'flow')));
  const scheduler = createVirtualScheduler();
  const ground = { scheduler, log: memoryLog(), meter: () => {}, ...LOCAL };
  const engine = createDynamoDb(ground);
  for (const table of template.ofType('AWS::DynamoDB::Table')) engine.define({ ...table.properties, TableName: table.ref } as never);
  return { engine, port: portFor(template, { ground, engine: () => engine.serve }) };
};

type Send = (command: never) => Promise<unknown>;

const throughShortCircuit = (aws: ShortCircuit): Send => {
  const client = dynamoDb({ env: {}, clock: { now: () => 0 }, random: Math.random, log: console, aws } as unknown as Runtime);
  return (command) => client.send(command);
};

const plain = (item: Record<string, AttributeValue> | undefined) => item && unmarshall(item);

const throughMiddleware = (aws: ShortCircuit): Send => {
  const client = new DynamoDBClient({ region: LOCAL.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const answer = (_next: unknown, context: { commandName?: string }) => async (args: { input: unknown }) => {
    const output = (await aws('dynamodb', (context.commandName ?? '').replace(/Command$/, ''), args.input)) as Record<string, never>;
    return {
      response: {},
      output: { ...output, Item: plain(output['Item']), Items: (output['Items'] as never[] | undefined)?.map(plain) },
    };
  };
  client.middlewareStack.addRelativeTo(answer as never, { relation: 'after', toMiddleware: 'DocumentMarshall', name: 'answer' });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return (command) => documents.send(command);
};

const Item = {
  status: 'RUNNING',
  workflow: 'gunfire-response',
  startedAt: '2026-11-22T17:00:00.000Z',
  steps: { locate: { status: 'COMPLETED', attempt: 0 }, sendPatrol: { status: 'DISPATCHED', units: ['officer-1', 'car-1'] } },
  location: { lat: 26.7753, lon: -80.0581, radiusM: 25 },
};
const key = (n: number) => ({ pk: `execution#${n % 500}`, sk: 'head' });

const commands: Readonly<Record<string, (n: number) => unknown>> = {
  PutItem: (n) => new PutCommand({ TableName: TABLE, Item: { ...key(n), ...Item } }),
  GetItem: (n) => new GetCommand({ TableName: TABLE, Key: key(n), ConsistentRead: true }),
  Query: (n) =>
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': key(n).pk },
      ConsistentRead: true,
    }),
  'TransactWriteItems of 4': (n) =>
    new TransactWriteCommand({
      ClientRequestToken: String(n),
      TransactItems: [0, 1, 2, 3].map((part) => ({ Put: { TableName: TABLE, Item: { pk: `t#${n % 500}`, sk: String(part), ...Item } } })),
    }),
};

/** Microseconds a call takes in the best of several turns, taken in turns with the others, since the machine is never quiet. */
const timed = async (ways: Readonly<Record<string, (n: number) => Promise<unknown>>>): Promise<Record<string, number>> => {
  const best: Record<string, number> = {};
  let n = 0;
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    for (const [name, work] of Object.entries(ways)) {
      const start = performance.now();
      for (const end = n + CHUNK; n < end; n += 1) await work(n);
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, ((performance.now() - start) / CHUNK) * 1000);
    }
  }
  return best;
};

/** The wire-shaped inputs of a command, recorded once so that marshalling is not measured with the engine. */
const recorded = async (make: (n: number) => unknown): Promise<[operation: string, inputs: object[]]> => {
  const inputs: object[] = [];
  let name = '';
  const send = throughShortCircuit(async (_service, operation, input) => {
    name = operation;
    inputs.push(input as object);
    return {};
  });
  for (let n = 0; n < 2000; n += 1) await send(make(n) as never);
  return [name, inputs];
};

const main = async (): Promise<void> => {
  const rows: Record<string, Record<string, string>> = {};
  for (const [title, make] of Object.entries(commands)) {
    const { engine, port } = await open();
    const aws: ShortCircuit = (service, operation, input) => port.call(ROLE, service, operation, input as Record<string, unknown>);
    const [operation, inputs] = await recorded(make);
    const input = (n: number): Record<string, unknown> => {
      const one = { ...inputs[n % inputs.length] } as Record<string, unknown>;
      if ('ClientRequestToken' in one) one['ClientRequestToken'] = String(n);
      return one;
    };
    const [short, middleware] = [throughShortCircuit(aws), throughMiddleware(aws)];
    const measured = await timed({
      engine: (n) => engine.serve(operation, input(n)),
      port: (n) => port.call(ROLE, 'dynamodb', operation, input(n)),
      'short circuit': (n) => short(make(n) as never),
      'SDK middleware': (n) => middleware(make(n) as never),
    });
    const of = (name: string): number => measured[name] ?? Number.NaN;
    rows[title] = {
      ...Object.fromEntries(Object.entries(measured).map(([name, us]) => [`${name} µs`, us.toFixed(1)])),
      'short circuit : port': (of('short circuit') / of('port')).toFixed(2),
      'middleware : short circuit': (of('SDK middleware') / of('short circuit')).toFixed(2),
    };
  }
  console.table(rows);
};

await main();
