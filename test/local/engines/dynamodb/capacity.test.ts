import { describe, expect, it } from 'vitest';
import { fixture, key } from './support/fixture.ts';

const T = { TableName: 'journal' };
const big = (kilobytes: number) => ({ S: 'x'.repeat(kilobytes * 1024) });
const indexed = { day: { S: 'd' }, order: { S: 'o' } };

describe('consumed capacity', () => {
  const consumed = (answer: Record<string, unknown>) => (answer['ConsumedCapacity'] as { CapacityUnits: number }).CapacityUnits;
  const total = { ReturnConsumedCapacity: 'TOTAL' };

  it('a write costs a unit for each KB of the larger of the item before and after', async () => {
    const { call } = fixture();
    const put = (more: object) => call('PutItem', { ...T, Item: { ...key('p', '1'), ...more }, ...total });
    expect(consumed(await put({}))).toBe(1);
    expect(consumed(await put({ v: big(2) }))).toBe(3);
    expect(consumed(await put({}))).toBe(3);
    expect(consumed(await call('DeleteItem', { ...T, Key: key('p', 'none'), ...total }))).toBe(1);
  });

  it('an index costs a write for what it gains or loses, two where its key moves, none where it stays the same', async () => {
    const { call } = fixture();
    const put = async (more: object) => {
      const { ConsumedCapacity } = await call('PutItem', {
        ...T,
        Item: { ...key('p', '1'), v: big(3), ...more },
        ReturnConsumedCapacity: 'INDEXES',
      });
      return (ConsumedCapacity as { GlobalSecondaryIndexes?: { byDay: { CapacityUnits: number } } }).GlobalSecondaryIndexes?.byDay
        .CapacityUnits;
    };
    expect(await put({})).toBeUndefined();
    expect(await put(indexed)).toBe(1);
    expect(await put({ ...indexed, n: { N: '1' } })).toBeUndefined();
    expect(await put({ ...indexed, day: { S: 'e' } })).toBe(2);
    expect(await put({})).toBe(1);
  });

  it('a read costs half a unit for each 4 KB, a consistent one a whole unit', async () => {
    const { call } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), v: big(5) } });
    const get = { ...T, Key: key('p', '1'), ...total };
    expect(consumed(await call('GetItem', get))).toBe(1);
    expect(consumed(await call('GetItem', { ...get, ConsistentRead: true }))).toBe(2);
    expect(consumed(await call('GetItem', { ...T, Key: key('p', 'none'), ...total }))).toBe(0.5);
    const query = { ...T, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } }, ...total };
    expect(consumed(await call('Query', query))).toBe(1);
  });

  it('transactions cost double at the table', async () => {
    const { call } = fixture();
    const answer = await call('TransactWriteItems', {
      TransactItems: [{ Put: { ...T, Item: { ...key('p', '1'), ...indexed } } }],
      ReturnConsumedCapacity: 'INDEXES',
    });
    expect(answer['ConsumedCapacity']).toEqual([
      {
        TableName: 'journal',
        CapacityUnits: 3,
        WriteCapacityUnits: 3,
        Table: { CapacityUnits: 2, WriteCapacityUnits: 2 },
        GlobalSecondaryIndexes: { byDay: { CapacityUnits: 1, WriteCapacityUnits: 1 } },
      },
    ]);
    const read = await call('TransactGetItems', { TransactItems: [{ Get: { ...T, Key: key('p', '1') } }], ...total });
    expect(read['ConsumedCapacity']).toEqual([{ TableName: 'journal', CapacityUnits: 2, ReadCapacityUnits: 2 }]);
  });

  it('everything is metered, refused conditions too', async () => {
    const { call, refused, metered } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), ...indexed } });
    await refused('PutItem', { ...T, Item: key('p', '1'), ConditionExpression: 'attribute_not_exists(pk)' });
    await call('GetItem', { ...T, Key: key('p', '1') });
    expect(metered).toEqual({ requests: 3, 'write units': 3, 'read units': 0.5 });
  });
});
