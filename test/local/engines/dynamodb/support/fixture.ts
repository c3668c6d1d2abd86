import { createDynamoDb, type DynamoDb, type TableDefinition } from '../../../../../local/engines/dynamodb/engine.ts';
import type { Ground } from '../../../../../local/kernel/engine.ts';
import { createVirtualScheduler, type VirtualScheduler } from '../../../../../local/kernel/virtual-scheduler.ts';

/** A table like SWOE's journal: string keys, a sparse index by day, a stream, a time to live. */
export const JOURNAL: TableDefinition = {
  TableName: 'journal',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['pk', 'sk', 'day', 'order'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  BillingMode: 'PAY_PER_REQUEST',
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byDay',
      KeySchema: [
        { AttributeName: 'day', KeyType: 'HASH' },
        { AttributeName: 'order', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
};

/** Number keys, and indexes that hold everything or some of it. */
export const UNITS: TableDefinition = {
  TableName: 'units',
  KeySchema: [
    { AttributeName: 'zone', KeyType: 'HASH' },
    { AttributeName: 'rank', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'zone', AttributeType: 'N' },
    { AttributeName: 'rank', AttributeType: 'N' },
    { AttributeName: 's', AttributeType: 'S' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
  GlobalSecondaryIndexes: [
    { IndexName: 'byName', KeySchema: [{ AttributeName: 's', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
    {
      IndexName: 'byNameRank',
      KeySchema: [
        { AttributeName: 's', KeyType: 'HASH' },
        { AttributeName: 'rank', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['n'] },
    },
  ],
};

/** Binary keys, and local indexes beside a global one. */
export const SHIFTS: TableDefinition = {
  TableName: 'shifts',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'B' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'score', AttributeType: 'N' },
    { AttributeName: 'note', AttributeType: 'S' },
    { AttributeName: 'kind', AttributeType: 'S' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
  LocalSecondaryIndexes: (
    [
      ['byScore', 'score', 'KEYS_ONLY'],
      ['byNote', 'note', 'ALL'],
    ] as const
  ).map(([IndexName, sort, ProjectionType]) => ({
    IndexName,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType },
  })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byKind',
      KeySchema: [
        { AttributeName: 'kind', KeyType: 'HASH' },
        { AttributeName: 'score', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['n'] },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
};

export interface Fixture {
  readonly engine: DynamoDb;
  readonly scheduler: VirtualScheduler;
  /** The log's records as a restart would read them: JSON there and back. */
  readonly records: unknown[];
  readonly metered: Record<string, number>;
  call(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** What the call throws, as the wire would show it. */
  refused(operation: string, input: Record<string, unknown>): Promise<{ name: string; message: string; [extra: string]: unknown }>;
}

export const fixture = (...tables: readonly TableDefinition[]): Fixture => {
  const scheduler = createVirtualScheduler();
  const records: unknown[] = [];
  const metered: Record<string, number> = {};
  const ground: Ground = {
    scheduler,
    log: { write: (_engine, record) => void records.push(JSON.parse(JSON.stringify(record))), settled: () => Promise.resolve() },
    region: 'us-east-1',
    account: '000000000000',
    meter: (_service, unit, count) => {
      metered[unit] = (metered[unit] ?? 0) + count;
    },
  };
  const engine = createDynamoDb(ground);
  for (const table of tables.length > 0 ? tables : [JOURNAL, UNITS]) engine.define(table);
  const call: Fixture['call'] = (operation, input) => engine.serve(operation, input);
  const refused: Fixture['refused'] = async (operation, input) => {
    const answer = await call(operation, input).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(answer instanceof Error)) throw new Error(`${operation} was not refused`);
    return { ...answer, name: answer.name, message: answer.message };
  };
  return { engine, scheduler, records, metered, call, refused };
};

/** A key of JOURNAL. */
export const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
