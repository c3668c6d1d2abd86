import { describe, expect, it } from 'vitest';
import { fixture, JOURNAL, key } from './support/fixture.ts';

const T = { TableName: 'journal' };
const put = (item: object, more: object = {}) => ({ ...T, Item: { ...key('p', '1'), ...item }, ...more });

describe('single items', () => {
  it('put, get and delete', async () => {
    const { call } = fixture();
    expect(await call('PutItem', put({ n: { N: '1.0' } }))).toEqual({});
    expect(await call('PutItem', put({ n: { N: '2' } }, { ReturnValues: 'ALL_OLD' }))).toEqual({
      Attributes: { ...key('p', '1'), n: { N: '1' } },
    });
    expect(await call('GetItem', { ...T, Key: key('p', '1'), ConsistentRead: true })).toEqual({
      Item: { ...key('p', '1'), n: { N: '2' } },
    });
    expect(await call('DeleteItem', { ...T, Key: key('p', '1'), ReturnValues: 'ALL_OLD' })).toEqual({
      Attributes: { ...key('p', '1'), n: { N: '2' } },
    });
    expect(await call('GetItem', { ...T, Key: key('p', '1') })).toEqual({});
    expect(await call('DeleteItem', { ...T, Key: key('p', '1') })).toEqual({});
  });

  it('a condition that fails returns the item where that was asked for', async () => {
    const { call, refused } = fixture();
    await call('PutItem', put({ n: { N: '1' } }));
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    const bare = await refused('PutItem', put({}, condition));
    expect(bare).toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      __type: 'ConditionalCheckFailedException',
    });
    expect(bare).not.toHaveProperty('Item');
    const full = await refused('PutItem', put({}, { ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    expect(full['Item']).toEqual({ ...key('p', '1'), n: { N: '1' } });
  });

  it('the number 1 and the number 1.0 are one key, the keys a+bc and ab+c are two', async () => {
    const { call } = fixture();
    await call('PutItem', { TableName: 'units', Item: { zone: { N: '1.0' }, rank: { N: '2' } } });
    expect(await call('GetItem', { TableName: 'units', Key: { zone: { N: '1' }, rank: { N: '2.00' } } })).toHaveProperty('Item');
    await call('PutItem', { ...T, Item: key('a', 'bc') });
    expect(await call('GetItem', { ...T, Key: key('ab', 'c') })).toEqual({});
  });

  it('binary comes as bytes or base64 and leaves as bytes that are base64 in JSON', async () => {
    const { call } = fixture();
    await call('PutItem', put({ b: { B: new Uint8Array([1, 2, 3]) }, bs: { BS: ['/w==', Buffer.from([7])] }, l: { L: [{ B: 'AA==' }] } }));
    const { Item } = await call('GetItem', { ...T, Key: key('p', '1') });
    const { b } = Item as { b: { B: Uint8Array } };
    expect(b.B).toBeInstanceOf(Uint8Array);
    expect([...b.B]).toEqual([1, 2, 3]);
    expect(JSON.parse(JSON.stringify(Item))).toMatchObject({ b: { B: 'AQID' }, bs: { BS: ['/w==', 'Bw=='] }, l: { L: [{ B: 'AA==' }] } });
  });

  it('neither the caller nor the engine can change what the other holds', async () => {
    const { call } = fixture();
    const item = { ...key('p', '1'), m: { M: { elements: { L: [{ S: 'x' }] } } } };
    await call('PutItem', { ...T, Item: item });
    item.m.M.elements.L.push({ S: 'y' });
    const first = (await call('GetItem', { ...T, Key: key('p', '1') }))['Item'] as typeof item;
    expect(first.m.M.elements.L).toEqual([{ S: 'x' }]);
    expect(() => first.m.M.elements.L.push({ S: 'z' })).toThrow(TypeError);
    await call('UpdateItem', {
      ...T,
      Key: key('p', '1'),
      UpdateExpression: 'SET m.a = :v, m.elements[0] = :v',
      ExpressionAttributeValues: { ':v': { S: 'new' } },
    });
    expect(first.m).toEqual({ M: { elements: { L: [{ S: 'x' }] } } });
  });
});

describe('what does not fit', () => {
  const cases: [string, string, object, string][] = [
    [
      'PutItem',
      'a missing key',
      { ...T, Item: { pk: { S: 'a' } } },
      'One or more parameter values were invalid: Missing the key sk in the item',
    ],
    [
      'PutItem',
      'a key of another type',
      { ...T, Item: { pk: { S: 'a' }, sk: { N: '1' } } },
      'One or more parameter values were invalid: Type mismatch for key sk expected: S actual: N',
    ],
    [
      'PutItem',
      'an empty key',
      { ...T, Item: key('', 'a') },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
    [
      'PutItem',
      'a long partition key',
      { ...T, Item: key('x'.repeat(2049), 'a') },
      'Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
    [
      'PutItem',
      'a long sort key',
      { ...T, Item: key('a', 'x'.repeat(1025)) },
      'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    ],
    [
      'PutItem',
      'an index key of another type',
      put({ day: { N: '1' } }),
      'Type mismatch for Index Key day Expected: S Actual: N IndexName: byDay',
    ],
    ['PutItem', 'an empty index key', put({ day: { S: '' } }), 'cannot contain an empty string value. IndexName: byDay, IndexKey: day'],
    ['PutItem', 'an item over 400 KB', put({ big: { S: 'x'.repeat(400 * 1024) } }), 'Item size has exceeded the maximum allowed size'],
    ['PutItem', 'a mode of updates', put({}, { ReturnValues: 'ALL_NEW' }), 'ReturnValues can only be ALL_OLD or NONE'],
    [
      'PutItem',
      'an unknown mode',
      put({}, { ReturnValues: 'SOME' }),
      "1 validation error detected: Value 'SOME' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set",
    ],
    ['PutItem', 'a legacy member', put({}, { Expected: {} }), 'does not cover the member Expected of PutItem'],
    ['GetItem', 'half a key', { ...T, Key: { pk: { S: 'a' } } }, 'The provided key element does not match the schema'],
    [
      'GetItem',
      'more than a key',
      { ...T, Key: { ...key('a', 'b'), x: { S: 'c' } } },
      'The provided key element does not match the schema',
    ],
    ['GetItem', 'no key', T, "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null"],
    ['GetItem', 'an unknown member', { ...T, Key: key('a', 'b'), Colour: 'red' }, 'does not cover the member Colour of GetItem'],
  ];
  it.each(cases)('%s refuses %s', async (operation, _what, input, message) => {
    const error = await fixture().refused(operation, input as Record<string, unknown>);
    expect(error.name).toBe('ValidationException');
    expect(error.message).toContain(message);
  });

  it('members of the wrong kind are a SerializationException', async () => {
    expect(await fixture().refused('GetItem', { TableName: 5, Key: key('a', 'b') })).toMatchObject({ name: 'SerializationException' });
  });

  it('a table that is not there is a ResourceNotFoundException, an operation that is not there an UnknownOperationException', async () => {
    const { refused } = fixture();
    expect(await refused('GetItem', { TableName: 'nope', Key: key('a', 'b') })).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    expect(await refused('ExecuteStatement', {})).toMatchObject({ name: 'UnknownOperationException' });
    expect(await refused('constructor', {})).toMatchObject({ name: 'UnknownOperationException' });
  });
});

describe('tables', () => {
  it('are described, listed and found by ARN', async () => {
    const { call, engine } = fixture();
    await call('PutItem', put({ day: { S: 'd' }, order: { S: 'o' } }));
    const { Table } = await call('DescribeTable', T);
    expect(Table).toMatchObject({
      TableName: 'journal',
      TableStatus: 'ACTIVE',
      ItemCount: 1,
      LatestStreamArn: engine.streamArn('journal'),
      GlobalSecondaryIndexes: [{ IndexName: 'byDay', ItemCount: 1 }],
    });
    const { TableArn } = Table as { TableArn: string };
    expect(await call('GetItem', { TableName: TableArn, Key: key('p', '1') })).toHaveProperty('Item');
    expect(await call('ListTables', { Limit: 1 })).toEqual({ TableNames: ['journal'], LastEvaluatedTableName: 'journal' });
    expect(await call('ListTables', { ExclusiveStartTableName: 'journal' })).toEqual({ TableNames: ['units'] });
    expect(await call('DescribeTimeToLive', T)).toEqual({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' } });
  });

  it('are defined once: the same definition again changes nothing, another one is refused', () => {
    const { engine } = fixture();
    engine.define(structuredClone(JOURNAL));
    expect(() => engine.define({ ...JOURNAL, StreamSpecification: undefined })).toThrow('table journal is already defined otherwise');
    expect(() => engine.define({ ...JOURNAL, TableName: 'x', Replicas: [] } as never)).toThrow('does not cover Replicas');
  });
});
