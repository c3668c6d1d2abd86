import { describe, expect, it } from 'vitest';
import { createDynamoDb } from '../../../../local/engines/dynamodb/engine.ts';
import { memoryLog } from '../../../../local/kernel/log.ts';
import { createVirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';
import { fixture, JOURNAL, key, SHIFTS } from './support/fixture.ts';

const T = { TableName: 'shifts' };
const shift = (sk: string, more: object) => ({ ...T, Item: { pk: { B: 'AQ==' }, sk: { S: sk }, ...more } });
const of = (IndexName: string, more: object = {}) => ({
  ...T,
  IndexName,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { B: 'AQ==' } },
  ...more,
});

const onWire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));

describe('a local index', () => {
  const filled = async () => {
    const { call } = fixture(SHIFTS);
    await call('PutItem', shift('1', { score: { N: '10' }, note: { S: 'late' }, extra: { S: 'x' } }));
    await call('PutItem', shift('2', { score: { N: '9' } }));
    await call('PutItem', shift('3', {}));
    return call;
  };

  it('orders a partition by another attribute, strongly consistent if asked, and leaves out items without it', async () => {
    const call = await filled();
    expect(await call('Query', of('byScore', { ConsistentRead: true }))).toMatchObject({
      Items: [{ sk: { S: '2' } }, { sk: { S: '1' } }],
      Count: 2,
    });
  });

  it('fetches what it does not project, for a read unit each', async () => {
    const call = await filled();
    const answer = await call('Query', of('byScore', { Select: 'ALL_ATTRIBUTES', ReturnConsumedCapacity: 'INDEXES' }));
    expect(answer).toMatchObject({
      Items: [{ sk: { S: '2' } }, { sk: { S: '1' }, extra: { S: 'x' } }],
      ConsumedCapacity: { CapacityUnits: 1.5, Table: { CapacityUnits: 1 }, LocalSecondaryIndexes: { byScore: { CapacityUnits: 0.5 } } },
    });
    expect(await call('Query', of('byScore', { ProjectionExpression: 'extra' }))).toMatchObject({ Items: [{}, { extra: { S: 'x' } }] });
  });

  it('makes item collections, of which writes tell the size if asked', async () => {
    const call = await filled();
    const metrics = { ItemCollectionKey: { pk: { B: 'AQ==' } }, SizeEstimateRangeGB: [0, 1] };
    const SIZE = { ReturnItemCollectionMetrics: 'SIZE' };
    expect(onWire(await call('PutItem', { ...shift('4', {}), ...SIZE }))).toEqual({ ItemCollectionMetrics: metrics });
    const write = { RequestItems: { shifts: ['5', '6'].map((sk) => ({ PutRequest: { Item: shift(sk, {}).Item } })) } };
    expect(onWire(await call('BatchWriteItem', { ...write, ...SIZE }))).toEqual({
      UnprocessedItems: {},
      ItemCollectionMetrics: { shifts: [metrics] },
    });
    expect(await fixture(JOURNAL).call('PutItem', { TableName: 'journal', Item: key('p', '1'), ...SIZE })).toEqual({});
  });
});

describe('a global index that lags', () => {
  const lagging = (seed: number, records: Iterable<unknown> = []) => {
    const scheduler = createVirtualScheduler({ seed });
    const meter = (): void => {};
    const engine = createDynamoDb({ scheduler, log: memoryLog(), region: 'us-east-1', account: '0', meter }, { indexLagMs: 1000 });
    engine.define(JOURNAL);
    for (const record of records) engine.replay(record);
    engine.resume();
    const put = (sk: string) =>
      engine.serve('PutItem', { TableName: 'journal', Item: { ...key('p', sk), day: { S: 'd' }, order: { S: sk } } });
    const count = async (IndexName?: string) => (await engine.serve('Scan', { TableName: 'journal', IndexName }))['Count'];
    return { scheduler, engine, put, count };
  };

  it('shows older states, never a later change before an earlier one, and in the end everything', async () => {
    const { scheduler, engine, put, count } = lagging(5);
    for (let at = 0; at < 10; at += 1) await put(`${at}`);
    expect(await count()).toBe(10);
    const seen: unknown[] = [];
    for (let ms = 0; ms <= 1000; ms += 50) {
      await scheduler.run(scheduler.now() + 50);
      seen.push(await count('byDay'));
      const { Items } = (await engine.serve('Scan', { TableName: 'journal', IndexName: 'byDay' })) as { Items: { sk: { S: string } }[] };
      expect(Items.map(({ sk }) => sk.S)).toEqual(Array.from(Items, (_, at) => `${at}`));
    }
    expect(new Set(seen).size).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(10);
  });

  it('is up to date after a restart', async () => {
    const { engine, put } = lagging(1);
    await put('1');
    const again = lagging(2, engine.snapshot());
    expect(await again.count('byDay')).toBe(1);
  });
});
