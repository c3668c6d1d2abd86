import fc from 'fast-check';
import type { RandomCall } from './random-operations.ts';

/** Calls that are wrong in one way each, of which AWS says what. */
const T = { TableName: 'journal' };
const KEY = { pk: { S: 'a' }, sk: { S: 'k1' } };
const VALUE = { ExpressionAttributeValues: { ':v': { N: '1' } } };

const put = (more: object, attributes: object = {}): RandomCall => ({
  operation: 'PutItem',
  input: { ...T, Item: { ...KEY, ...attributes }, ...more },
});
const update = (UpdateExpression: string, more: object = {}): RandomCall => ({
  operation: 'UpdateItem',
  input: { ...T, Key: KEY, UpdateExpression, ...more },
});
const get = (more: object): RandomCall => ({ operation: 'GetItem', input: { ...T, Key: KEY, ...more } });
const query = (KeyConditionExpression: string, values: object, more: object = {}): RandomCall => ({
  operation: 'Query',
  input: { ...T, KeyConditionExpression, ExpressionAttributeValues: values, ...more },
});
const scan = (more: object): RandomCall => ({ operation: 'Scan', input: { ...T, ...more } });

const CALLS: readonly RandomCall[] = [
  put({ ConditionExpression: 'attribute_not_exists(' }),
  put({ ConditionExpression: 'n = :missing', ...VALUE }),
  put({ ConditionExpression: '#n = :v', ...VALUE }),
  put({ ConditionExpression: 'attribute_exists(pk)', ...VALUE }),
  put({ ConditionExpression: 'status = :v', ...VALUE }),
  put({ ConditionExpression: 'size(n) = :v AND unknown(n)', ...VALUE }),
  put({ ConditionExpression: 'begins_with(n, :v)', ...VALUE }),
  put({ ConditionExpression: 'n BETWEEN :v AND :w', ExpressionAttributeValues: { ':v': { N: '2' }, ':w': { N: '1' } } }),
  put({ ConditionExpression: '' }),
  put({ ConditionExpression: 'contains(n)' }),
  put({ ExpressionAttributeNames: { '#n': 'n' } }),
  put(VALUE),
  put({ ReturnValues: 'ALL_NEW' }),
  put({}, { pk: { S: '' } }),
  put({}, { sk: { N: '1' } }),
  put({}, { n: { N: 'nonsense' } }),
  put({}, { n: { N: '1e126' } }),
  put({}, { n: { N: '1e-131' } }),
  put({}, { n: { N: '1'.repeat(39) } }),
  put({}, { ss: { SS: [] } }),
  put({}, { ss: { SS: ['a', 'a'] } }),
  put({}, { ns: { NS: ['1', '1.0'] } }),
  put({}, { n: {} }),
  put({}, { n: { S: 'a', N: '1' } }),
  put({}, { day: { N: '1' } }),
  put({}, { day: { S: '' } }),
  put({}, { s: { S: 'x'.repeat(410_000) } }),
  put({}, { pk: { S: 'x'.repeat(2049) } }),
  put({}, { sk: { S: 'x'.repeat(1025) } }),
  put({}, { s: { S: '' }, b: { B: '' } }),
  { operation: 'PutItem', input: { TableName: 'nowhere', Item: KEY } },
  { operation: 'PutItem', input: { ...T, Item: { pk: { S: 'a' } } } },
  { operation: 'GetItem', input: { ...T, Key: { pk: { S: 'a' } } } },
  { operation: 'GetItem', input: { ...T, Key: { ...KEY, n: { N: '1' } } } },
  { operation: 'DeleteItem', input: { ...T, Key: { pk: { N: '1' }, sk: { S: 'k1' } } } },
  get({ ProjectionExpression: 'n, n' }),
  get({ ProjectionExpression: 'm, m.a' }),
  get({ ProjectionExpression: 'n, #x' }),
  get({ ProjectionExpression: 'name' }),
  get({ ProjectionExpression: '' }),
  update('SET n = :v SET s = :v', VALUE),
  update('SET n = :v, n = :v', VALUE),
  update('SET pk = :v', VALUE),
  update('SET n :v', VALUE),
  update('INCREASE n :v', VALUE),
  update('ADD l :v', { ExpressionAttributeValues: { ':v': { S: 'x' } } }),
  update('DELETE n :v', VALUE),
  update('SET n = missing + :v', VALUE),
  update('SET x.y.z = :v', VALUE),
  update('SET n = if_not_exists(:v, :v)', VALUE),
  update('SET l = list_append(l, :v)', VALUE),
  query('sk = :v', { ':v': { S: 'a' } }),
  query('pk > :v', { ':v': { S: 'a' } }),
  query('pk = :v AND n = :v', { ':v': { S: 'a' } }),
  query('pk = :v OR sk = :v', { ':v': { S: 'a' } }),
  query('pk = :v AND sk <> :v', { ':v': { S: 'a' } }),
  query('pk = :v AND contains(sk, :v)', { ':v': { S: 'a' } }),
  query('pk = :v', { ':v': { S: 'a' } }, { FilterExpression: 'sk = :v' }),
  query('pk = :v', { ':v': { S: 'a' } }, { IndexName: 'nowhere' }),
  query('pk = :v', { ':v': { S: 'a' } }, { Select: 'ALL_PROJECTED_ATTRIBUTES' }),
  query('pk = :v', { ':v': { S: 'a' } }, { Select: 'COUNT', ProjectionExpression: 'n' }),
  query('pk = :v', { ':v': { S: 'a' } }, { Select: 'SPECIFIC_ATTRIBUTES' }),
  query('pk = :v', { ':v': { S: 'a' } }, { Limit: 0 }),
  query('pk = :v', { ':v': { S: 'a' } }, { ExclusiveStartKey: { pk: { S: 'a' } } }),
  scan({ Segment: 0 }),
  scan({ TotalSegments: 2 }),
  scan({ Segment: 2, TotalSegments: 2 }),
  scan({ IndexName: 'byDay', ConsistentRead: true }),
  { operation: 'BatchGetItem', input: { RequestItems: {} } },
  { operation: 'BatchGetItem', input: { RequestItems: { journal: { Keys: [KEY, KEY] } } } },
  { operation: 'BatchWriteItem', input: { RequestItems: { journal: [{ PutRequest: { Item: KEY } }, { DeleteRequest: { Key: KEY } }] } } },
  { operation: 'BatchWriteItem', input: { RequestItems: { journal: [] } } },
  { operation: 'TransactWriteItems', input: { TransactItems: [] } },
  {
    operation: 'TransactWriteItems',
    input: { TransactItems: [{ Put: { ...T, Item: KEY } }, { Delete: { ...T, Key: KEY } }] },
  },
  { operation: 'TransactGetItems', input: { TransactItems: [{ Get: { ...T, Key: { pk: { S: 'a' } } } }] } },
];

export const mistakes: fc.Arbitrary<RandomCall> = fc.constantFrom(...CALLS);
