import { describe, expect, it } from 'vitest';
import { fixture, key } from './support/fixture.ts';

const T = { TableName: 'journal' };
const put = (sk: string, more: object = {}, options: object = {}) => ({ Put: { ...T, Item: { ...key('p', sk), ...more }, ...options } });
const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
const count = (sk: string) => ({
  Update: { ...T, Key: key('p', sk), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
});

describe('TransactWriteItems', () => {
  it('puts, updates, deletes and checks together, in one log record', async () => {
    const { call, records } = fixture();
    await call('PutItem', { ...T, Item: key('p', 'old') });
    const check = { ConditionCheck: { ...T, Key: key('p', 'none'), ...absent } };
    await call('TransactWriteItems', {
      TransactItems: [put('1', {}, absent), count('2'), { Delete: { ...T, Key: key('p', 'old') } }, check],
    });
    const { Items } = await call('Query', { ...T, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } });
    expect(Items).toEqual([key('p', '1'), { ...key('p', '2'), n: { N: '1' } }]);
    expect(records).toHaveLength(2);
    expect((records[1] as { writes: unknown[] }).writes).toHaveLength(3);
  });

  it('one part that fails cancels all, with a reason at each position', async () => {
    const { call, refused, records } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), s: { S: 'text' } } });
    const badSum = {
      Update: { ...T, Key: key('p', '1'), UpdateExpression: 'ADD s :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
    };
    const others = [put('2'), { ConditionCheck: { ...T, Key: key('p', '3'), ConditionExpression: 'attribute_exists(pk)' } }];
    const error = await refused('TransactWriteItems', { TransactItems: [badSum, ...others] });
    expect(error).toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [ValidationError, None, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'ValidationError', Message: 'An operand in the update expression has an incorrect data type' },
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      ],
    });
    expect(await call('GetItem', { ...T, Key: key('p', '2') })).toEqual({});
    expect(records).toHaveLength(1);
  });

  it('a failed condition returns the item where that was asked for', async () => {
    const { call, refused } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), n: { N: '7' } } });
    const error = await refused('TransactWriteItems', {
      TransactItems: [put('1', {}, { ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })],
    });
    expect(error['CancellationReasons']).toEqual([
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: { ...key('p', '1'), n: { N: '7' } } },
    ]);
  });

  it.each([
    [[], 'Member must have length greater than or equal to 1'],
    [Array.from({ length: 101 }, (_, at) => put(String(at))), 'Member must have length less than or equal to 100'],
    [[put('1'), { Delete: { ...T, Key: key('p', '1') } }], 'Transaction request cannot include multiple operations on one item'],
    [[{}], 'TransactItems can only contain one of Check, Put, Update or Delete'],
    [[{ Delete: { ...T, Key: key('p', '1') }, ...put('2') }], 'TransactItems can only contain one of Check, Put, Update or Delete'],
    [[{ Get: { ...T, Key: key('p', '1') } }], 'does not cover the member Get of TransactItems'],
    [[put('1', {}, { ReturnValues: 'ALL_OLD' })], 'does not cover the member ReturnValues of Put'],
    [[put('1', {}, { ConditionExpression: 'a = ' })], 'Invalid ConditionExpression: Syntax error'],
    [[{ ConditionCheck: { ...T, Key: key('p', '1') } }], "Value null at 'conditionExpression' failed to satisfy constraint"],
    [Array.from({ length: 11 }, (_, at) => put(String(at), { v: { S: 'x'.repeat(390 * 1024) } })), 'exceeds the limit of 4 MB'],
  ])('what no transaction may ask is a ValidationException (%#)', async (TransactItems, message) => {
    const { refused, records } = fixture();
    const error = await refused('TransactWriteItems', { TransactItems });
    expect(error.name).toBe('ValidationException');
    expect(error.message).toContain(message);
    expect(records).toEqual([]);
  });
});

describe('ClientRequestToken', () => {
  const request = { TransactItems: [count('1')], ClientRequestToken: 'token-1', ReturnConsumedCapacity: 'TOTAL' };

  it('the same request again within ten minutes changes nothing and is charged as a read', async () => {
    const { call, scheduler } = fixture();
    expect(await call('TransactWriteItems', request)).toEqual({
      ConsumedCapacity: [{ TableName: 'journal', CapacityUnits: 2, WriteCapacityUnits: 2 }],
    });
    await scheduler.run(scheduler.now() + 9 * 60_000);
    expect(await call('TransactWriteItems', structuredClone(request))).toEqual({
      ConsumedCapacity: [{ TableName: 'journal', CapacityUnits: 2, ReadCapacityUnits: 2 }],
    });
    expect(await call('GetItem', { ...T, Key: key('p', '1') })).toEqual({ Item: { ...key('p', '1'), n: { N: '1' } } });
  });

  it('after ten minutes it runs again', async () => {
    const { call, scheduler } = fixture();
    await call('TransactWriteItems', request);
    await scheduler.run(scheduler.now() + 10 * 60_000);
    await call('TransactWriteItems', request);
    expect(await call('GetItem', { ...T, Key: key('p', '1') })).toMatchObject({ Item: { n: { N: '2' } } });
  });

  it('another request under it is refused, a cancelled one leaves it free', async () => {
    const { call, refused } = fixture();
    const failing = {
      TransactItems: [{ ConditionCheck: { ...T, Key: key('p', '1'), ConditionExpression: 'attribute_exists(pk)' } }],
      ClientRequestToken: 'token-1',
    };
    expect((await refused('TransactWriteItems', failing)).name).toBe('TransactionCanceledException');
    await call('TransactWriteItems', request);
    expect((await refused('TransactWriteItems', { ...request, TransactItems: [count('2')] })).name).toBe(
      'IdempotentParameterMismatchException',
    );
  });

  it('is remembered across a restart', async () => {
    const before = fixture();
    await before.call('TransactWriteItems', request);
    const after = fixture();
    for (const record of before.records) after.engine.replay(record);
    await after.call('TransactWriteItems', request);
    expect(await after.call('GetItem', { ...T, Key: key('p', '1') })).toMatchObject({ Item: { n: { N: '1' } } });
  });
});

describe('TransactGetItems', () => {
  it('reads several items at once, absent ones as nothing', async () => {
    const { call } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), n: { N: '1' } } });
    const gets = [{ Get: { ...T, Key: key('p', '1'), ProjectionExpression: 'n' } }, { Get: { ...T, Key: key('p', '2') } }];
    expect(await call('TransactGetItems', { TransactItems: gets })).toEqual({ Responses: [{ Item: { n: { N: '1' } } }, {}] });
  });

  it('refuses the same item twice, and cancels for a key that does not fit', async () => {
    const { refused } = fixture();
    const get = { Get: { ...T, Key: key('p', '1') } };
    expect((await refused('TransactGetItems', { TransactItems: [get, get] })).message).toBe(
      'Transaction request cannot include multiple operations on one item',
    );
    const error = await refused('TransactGetItems', { TransactItems: [get, { Get: { ...T, Key: { pk: { S: 'p' } } } }] });
    expect(error.message).toContain('[None, ValidationError]');
  });
});
