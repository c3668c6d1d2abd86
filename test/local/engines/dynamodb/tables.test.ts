import { describe, expect, it } from 'vitest';
import type { TableDefinition } from '../../../../local/engines/dynamodb/engine.ts';
import { type Fixture, fixture, JOURNAL, key, UNITS } from './support/fixture.ts';

const NOTES = {
  TableName: 'notes',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const T = { TableName: 'notes' };
const note = (id: string, more: object = {}) => ({ ...T, Item: { id: { S: id }, ...more } });
const byOwner = {
  AttributeDefinitions: [{ AttributeName: 'owner', AttributeType: 'S' }],
  GlobalSecondaryIndexUpdates: [
    {
      Create: {
        IndexName: 'byOwner',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    },
  ],
};

const restarted = ({ engine, records }: Fixture, from: 'log' | 'snapshot', ...tables: TableDefinition[]): Fixture => {
  const again = fixture(...(tables.length > 0 ? tables : [JOURNAL, UNITS]));
  const kept = from === 'log' ? records : (JSON.parse(JSON.stringify([...engine.snapshot()])) as unknown[]);
  for (const record of kept) again.engine.replay(record);
  again.engine.resume();
  return again;
};

describe('tables made at run time', () => {
  it('are created, described, listed and deleted', async () => {
    const { call, refused } = fixture();
    expect(await call('CreateTable', NOTES)).toMatchObject({ TableDescription: { TableStatus: 'CREATING', ItemCount: 0 } });
    expect(await refused('CreateTable', NOTES)).toMatchObject({ name: 'ResourceInUseException', message: 'Table already exists: notes' });
    expect(await call('DescribeTable', T)).toMatchObject({ Table: { TableStatus: 'ACTIVE', BillingModeSummary: {} } });
    expect(await call('ListTables', { Limit: 2 })).toEqual({ TableNames: ['journal', 'notes'], LastEvaluatedTableName: 'notes' });
    expect(await call('ListTables', { Limit: 2, ExclusiveStartTableName: 'notes' })).toEqual({ TableNames: ['units'] });
    expect(await call('DeleteTable', T)).toMatchObject({ TableDescription: { TableStatus: 'DELETING' } });
    expect(await refused('GetItem', { ...T, Key: { id: { S: '1' } } })).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each(['log', 'snapshot'] as const)('come back from the %s with their items, index, stream, date and tags', async (from) => {
    const running = fixture();
    const { call, scheduler } = running;
    const view = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' };
    await call('CreateTable', { ...NOTES, StreamSpecification: view, Tags: [{ Key: 'team', Value: 'blue' }] });
    await call('PutItem', note('1', { owner: { S: 'ann' } }));
    await call('UpdateTable', { ...T, ...byOwner });
    await call('UpdateTimeToLive', { ...T, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } });
    await call('PutItem', note('2', { ttl: { N: String(scheduler.now() / 1000 + 60) } }));
    const again = restarted(running, from);
    const asked = [
      ['Scan', T],
      ['Scan', { ...T, IndexName: 'byOwner' }],
      ['DescribeTable', T],
      ['DescribeTimeToLive', T],
    ] as const;
    for (const [operation, input] of asked) expect(await again.call(operation, input)).toEqual(await call(operation, input));
    expect(again.engine.readStream('notes', 0, 9)).toEqual(running.engine.readStream('notes', 0, 9));
    const { Table } = (await call('DescribeTable', T)) as { Table: { TableArn: string } };
    expect(await again.call('ListTagsOfResource', { ResourceArn: Table.TableArn })).toEqual({ Tags: [{ Key: 'team', Value: 'blue' }] });
    await again.scheduler.run();
    expect(await again.call('Scan', { ...T, Select: 'COUNT' })).toMatchObject({ Count: 1 });
  });

  it('a new index holds what the table held, and goes without a trace', async () => {
    const { call, refused } = fixture();
    await call('CreateTable', NOTES);
    await call('PutItem', note('1', { owner: { S: 'ann' } }));
    expect(await call('UpdateTable', { ...T, ...byOwner })).toMatchObject({
      TableDescription: { TableStatus: 'UPDATING', GlobalSecondaryIndexes: [{ IndexName: 'byOwner', ItemCount: 1 }] },
    });
    await call('UpdateTable', { ...T, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byOwner' } }] });
    expect(await refused('Scan', { ...T, IndexName: 'byOwner' })).toMatchObject({ message: expect.stringContaining('byOwner') });
    expect(await call('DescribeTable', T)).toMatchObject({ Table: { AttributeDefinitions: NOTES.AttributeDefinitions } });
  });

  it('a stream is switched on and off, and numbered anew', async () => {
    const { call, refused, engine, scheduler } = fixture();
    await call('CreateTable', NOTES);
    const on = { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } };
    await call('UpdateTable', { ...T, ...on });
    expect(await refused('UpdateTable', { ...T, ...on })).toMatchObject({
      message: 'Table already has an enabled stream: TableName: notes',
    });
    await call('PutItem', note('1'));
    const first = engine.streamArn('notes');
    await call('UpdateTable', { ...T, StreamSpecification: { StreamEnabled: false } });
    expect(engine.readStream('notes', 0, 9)).toEqual([]);
    await scheduler.run(scheduler.now() + 1000);
    await call('UpdateTable', { ...T, ...on });
    expect(engine.streamArn('notes')).not.toBe(first);
  });

  it('a protected one cannot be deleted until its protection is lifted', async () => {
    const { call, refused } = fixture();
    await call('CreateTable', { ...NOTES, DeletionProtectionEnabled: true });
    expect(await refused('DeleteTable', T)).toMatchObject({ name: 'ValidationException', message: expect.stringContaining('protected') });
    await call('UpdateTable', { ...T, DeletionProtectionEnabled: false });
    await call('DeleteTable', T);
  });

  it('keep what they are provisioned with, and are not throttled by it', async () => {
    const { call } = fixture();
    const { BillingMode: _, ...provisioned } = { ...NOTES, ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 1 } };
    await call('CreateTable', provisioned);
    expect(await call('DescribeTable', T)).toMatchObject({ Table: { ProvisionedThroughput: { ReadCapacityUnits: 5 } } });
    await call('UpdateTable', { ...T, BillingMode: 'PAY_PER_REQUEST' });
    expect(await call('DescribeTable', T)).toMatchObject({
      Table: { ProvisionedThroughput: { ReadCapacityUnits: 0 }, BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } },
    });
  });
});

describe('the tables of the template', () => {
  it('changed at run time, stay changed until the template changes', async () => {
    const running = fixture();
    await running.call('UpdateTimeToLive', { TableName: 'units', TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } });
    const enabled = { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' } };
    for (const from of ['log', 'snapshot'] as const) {
      expect(await restarted(running, from).call('DescribeTimeToLive', { TableName: 'units' })).toEqual(enabled);
      const changed = restarted(running, from, JOURNAL, { ...UNITS, BillingMode: 'PROVISIONED' });
      expect(await changed.call('DescribeTimeToLive', { TableName: 'units' })).toEqual({
        TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
      });
    }
  });

  it('deleted at run time, stay away, and their stream gives nothing', async () => {
    const running = fixture();
    await running.call('PutItem', { TableName: 'journal', Item: key('p', '1') });
    await running.call('DeleteTable', { TableName: 'journal' });
    for (const from of ['log', 'snapshot'] as const) {
      const again = restarted(running, from);
      expect(await again.call('ListTables', {})).toEqual({ TableNames: ['units'] });
      expect(again.engine.readStream('journal', 0, 9)).toEqual([]);
      again.engine.trimStream('journal', 1);
    }
  });

  it('say how the template wants them encrypted', async () => {
    const { call } = fixture(JOURNAL, { ...UNITS, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:key' } });
    expect(await call('DescribeTable', { TableName: 'units' })).toMatchObject({
      Table: { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: 'arn:key' } },
    });
    expect(await call('DescribeTable', { TableName: 'journal' })).not.toHaveProperty('Table.SSEDescription');
  });

  it('their backups are as the template says', async () => {
    const { call } = fixture(JOURNAL, { ...UNITS, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    const status = (PointInTimeRecoveryStatus: string) => ({
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus } },
    });
    expect(await call('DescribeContinuousBackups', { TableName: 'units' })).toMatchObject(status('ENABLED'));
    expect(await call('DescribeContinuousBackups', { TableName: 'journal' })).toMatchObject(status('DISABLED'));
  });
});

describe('tags and dates', () => {
  const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/units';

  it('tags are put, replaced, taken away, and listed ten a page', async () => {
    const { call, refused } = fixture();
    const Tags = Array.from({ length: 12 }, (_, at) => ({ Key: `k${String(at).padStart(2, '0')}`, Value: 'v' }));
    await call('TagResource', { ResourceArn, Tags });
    await call('TagResource', { ResourceArn, Tags: [{ Key: 'k00', Value: 'new' }] });
    await call('UntagResource', { ResourceArn, TagKeys: ['k01'] });
    const page = (await call('ListTagsOfResource', { ResourceArn })) as { Tags: unknown[]; NextToken: string };
    expect(page.Tags).toHaveLength(10);
    expect(await call('ListTagsOfResource', { ResourceArn, NextToken: page.NextToken })).toEqual({ Tags: [{ Key: 'k00', Value: 'new' }] });
    expect(await refused('TagResource', { ResourceArn: `${ResourceArn}x`, Tags })).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('a time to live is enabled once, for one attribute', async () => {
    const { refused } = fixture();
    const set = (AttributeName: string) => ({ TableName: 'journal', TimeToLiveSpecification: { AttributeName, Enabled: true } });
    expect(await refused('UpdateTimeToLive', set('ttl'))).toMatchObject({ message: 'TimeToLive is already enabled' });
    expect(await refused('UpdateTimeToLive', set('other'))).toMatchObject({ message: expect.stringContaining('different AttributeName') });
  });
});

describe('what is not covered', () => {
  it.each(['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'])(
    '%s is refused by the name of PartiQL',
    async (operation) => {
      const { name, message } = await fixture().refused(operation, { Statement: 'SELECT * FROM units' });
      expect([name, message.includes('PartiQL')]).toEqual(['UnknownOperationException', true]);
    },
  );

  it.each([
    ['CreateTable', { ...NOTES, ResourcePolicy: '{}' }, 'ResourcePolicy'],
    ['CreateTable', { ...NOTES, KeySchema: [{ ...NOTES.KeySchema[0], Order: 1 }] }, 'Order'],
    ['UpdateTable', { TableName: 'units', ReplicaUpdates: [] }, 'ReplicaUpdates'],
    ['PutItem', { TableName: 'units', Item: {}, Expected: {} }, 'Expected'],
    ['Query', { TableName: 'units', KeyConditions: {} }, 'KeyConditions'],
  ])('%s names the member that it does not know', async (operation, input, member) => {
    expect(await fixture().refused(operation, input)).toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(`does not cover the member ${member}`),
    });
  });
});
