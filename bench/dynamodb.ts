import { createDynamoDb, type DynamoDb, type TableDefinition } from '../local/engines/dynamodb/engine.ts';
import { memoryLog } from '../local/kernel/log.ts';
import { createVirtualScheduler } from '../local/kernel/virtual-scheduler.ts';

/**
 * What one call of the local DynamoDB engine takes, without a disk: calls like those that shared/stores make, on tables like
 * infra's. Each figure is the best of some rounds, so that other work on the machine shows less; the ratios to GetItem do not
 * depend on the machine.
 */
const ROUNDS = 40;
const CALLS = 1000;
const UNITS = 1000;

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
const index = (IndexName: string, partition: string) => ({
  IndexName,
  KeySchema: keys(partition, 'order'),
  Projection: { ProjectionType: 'KEYS_ONLY' },
});

const JOURNAL: TableDefinition = {
  TableName: 'journal',
  KeySchema: keys('pk', 'sk'),
  AttributeDefinitions: ['pk', 'sk', 'day', 'order', 'incidentId'].map(text),
  GlobalSecondaryIndexes: [index('byDay', 'day'), index('byIncident', 'incidentId')],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
};
const RESOURCES: TableDefinition = {
  TableName: 'resources',
  KeySchema: keys('pk', 'sk'),
  AttributeDefinitions: ['pk', 'sk'].map(text),
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
};

const key = (at: number) => ({ pk: { S: `UNIT#${at % UNITS}` }, sk: { S: 'STATE' } });

const unit = (at: number) => ({
  ...key(at),
  type: { S: 'OFFICER' },
  status: { S: 'AVAILABLE' },
  lat: { N: '40.7128' },
  lon: { N: '-74.006' },
  seenAt: { S: '2026-01-01T00:00:00.000Z' },
  version: { N: String(at) },
  agency: { S: 'NYPD' },
  holder: { M: { executionId: { S: '01KCX3ZB5Q6P7R8S9T0V1W2X3Y' }, until: { N: '1767225600000' }, token: { N: '17' } } },
  skills: { L: [{ S: 'k9' }, { S: 'medical' }] },
});

const timeOf = (seq: number): string => new Date(Date.UTC(2026, 0, 1) + seq).toISOString();

const entry = (seq: number) => ({
  pk: { S: `journal-${seq % 32}` },
  sk: { S: String(seq).padStart(12, '0') },
  stream: { S: `journal-${seq % 32}` },
  seq: { N: String(seq) },
  at: { S: timeOf(seq) },
  kind: { S: 'step.completed' },
  incidentId: { S: `incident-${seq % 50}` },
  executionId: { S: '01KCX3ZB5Q6P7R8S9T0V1W2X3Y' },
  data: { M: { step: { S: 'locate' }, output: { M: { unitId: { S: 'unit-17' }, etaS: { N: '240' } } } } },
  prev: { S: 'a'.repeat(64) },
  hash: { S: 'b'.repeat(64) },
  day: { S: '2026-01-01' },
  order: { S: `${timeOf(seq)}#journal-${seq % 32}#${String(seq).padStart(12, '0')}` },
});

const claim = (at: number) => ({
  TableName: 'resources',
  Key: key(at),
  UpdateExpression: 'SET #status = :status, #holder = :holder, #version = :version REMOVE #skills',
  ConditionExpression: 'attribute_exists(pk) AND (#version = :was_version_0 OR attribute_not_exists(#version) OR #version < :version)',
  ExpressionAttributeNames: { '#status': 'status', '#holder': 'holder', '#version': 'version', '#skills': 'skills' },
  ExpressionAttributeValues: {
    ':status': { S: 'DISPATCHED' },
    ':holder': { M: { executionId: { S: '01KCX3ZB5Q6P7R8S9T0V1W2X3Y' }, token: { N: '18' } } },
    ':version': { N: String(at + 1_000_000) },
    ':was_version_0': { N: String(at) },
  },
});

const putNew = (TableName: string, Item: object) => ({ Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } });

const transaction = (seq: number) => ({
  ClientRequestToken: `token-${seq}`,
  TransactItems: [
    { Update: claim(seq) },
    putNew('resources', { pk: { S: `LEASE#${seq}` }, sk: { S: 'LEASE' }, until: { N: '1767225600000' } }),
    putNew('journal', entry(10_000 + 2 * seq)),
    putNew('journal', entry(10_001 + 2 * seq)),
  ],
});

type Call = (at: number) => readonly [operation: string, input: Record<string, unknown>];

const CASES: Readonly<Record<string, Call>> = {
  GetItem: (at) => ['GetItem', { TableName: 'resources', Key: key(at), ConsistentRead: true }],
  PutItem: (at) => ['PutItem', { TableName: 'resources', Item: unit(at) }],
  'PutItem, new': (at) => [
    'PutItem',
    { TableName: 'resources', Item: { ...unit(at), sk: { S: `N#${at}` } }, ConditionExpression: 'attribute_not_exists(pk)' },
  ],
  UpdateItem: (at) => ['UpdateItem', claim(at)],
  'Query, 10 of a partition': (at) => [
    'Query',
    {
      TableName: 'journal',
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: `journal-${at % 32}` }, ':prefix': { S: '0000' } },
      ScanIndexForward: false,
      Limit: 10,
      ConsistentRead: true,
    },
  ],
  'BatchGetItem of 10': (at) => [
    'BatchGetItem',
    { RequestItems: { resources: { Keys: Array.from({ length: 10 }, (_, more) => key(at + more)), ConsistentRead: true } } },
  ],
  'TransactWriteItems of 4': (at) => ['TransactWriteItems', transaction(at)],
};

const filled = async (): Promise<DynamoDb> => {
  const meter = (): void => {};
  const engine = createDynamoDb({ scheduler: createVirtualScheduler(), log: memoryLog(), region: 'us-east-1', account: '0', meter });
  for (const table of [JOURNAL, RESOURCES]) engine.define(table);
  for (let at = 0; at < UNITS; at += 1) await engine.serve('PutItem', { TableName: 'resources', Item: unit(at) });
  for (let seq = 1; seq < 1000; seq += 1) await engine.serve('PutItem', { TableName: 'journal', Item: entry(seq) });
  engine.trimStream('journal', Number.MAX_SAFE_INTEGER);
  return engine;
};

/** Microseconds of CPU a call, best round: a shared machine takes the clock, not the work. Requests are made before the clock starts: they are the caller's time. */
const measure = async (call: Call): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const engine = await filled();
    const calls = Array.from({ length: CALLS }, (_, at) => call(at));
    const start = process.cpuUsage();
    for (const [operation, input] of calls) await engine.serve(operation, input);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / CALLS);
  }
  return best;
};

const main = async (): Promise<void> => {
  console.log('| call | µs | GetItems |\n|---|---:|---:|');
  let unitOf = 0;
  for (const [name, call] of Object.entries(CASES)) {
    const took = await measure(call);
    unitOf ||= took;
    console.log(`| ${name} | ${took.toFixed(1)} | ${(took / unitOf).toFixed(1)} |`);
  }
};

await main();
