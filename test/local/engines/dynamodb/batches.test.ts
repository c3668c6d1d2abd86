import { describe, expect, it } from 'vitest';
import { fixture, key } from './support/fixture.ts';

const put = (sk: string, more: object = {}) => ({ PutRequest: { Item: { ...key('p', sk), ...more } } });
const remove = (sk: string) => ({ DeleteRequest: { Key: key('p', sk) } });

describe('batches', () => {
  it('write and read over several tables', async () => {
    const { call, records } = fixture();
    const unit = { zone: { N: '1' }, rank: { N: '1' } };
    await call('BatchWriteItem', {
      RequestItems: { journal: [put('1', { n: { N: '1' } }), put('2')], units: [{ PutRequest: { Item: unit } }] },
    });
    expect(await call('BatchWriteItem', { RequestItems: { journal: [remove('2'), remove('9')] } })).toEqual({ UnprocessedItems: {} });
    const keys = {
      journal: { Keys: [key('p', '1'), key('p', '2')], ProjectionExpression: 'n' },
      units: { Keys: [unit], ConsistentRead: true },
    };
    expect(await call('BatchGetItem', { RequestItems: keys })).toEqual({
      Responses: { journal: [{ n: { N: '1' } }], units: [unit] },
      UnprocessedKeys: {},
    });
    expect(records).toHaveLength(2);
  });

  it('an answer ends at 16 MB and hands the other keys back', async () => {
    const { call } = fixture();
    const sks = Array.from({ length: 50 }, (_, at) => String(at));
    for (const sk of sks) await call('PutItem', { TableName: 'journal', Item: { ...key('p', sk), v: { S: 'x'.repeat(399 * 1024) } } });
    const { Responses, UnprocessedKeys } = await call('BatchGetItem', {
      RequestItems: { journal: { Keys: sks.map((sk) => key('p', sk)) } },
    });
    expect((Responses as { journal: object[] }).journal).toHaveLength(41);
    expect((UnprocessedKeys as { journal: { Keys: object[] } }).journal.Keys).toEqual(sks.slice(41).map((sk) => key('p', sk)));
  });

  it.each([
    ['BatchWriteItem', { journal: [put('1'), remove('1')] }, 'Provided list of item keys contains duplicates'],
    [
      'BatchWriteItem',
      { journal: Array.from({ length: 26 }, (_, at) => remove(String(at))) },
      'Too many items requested for the BatchWriteItem call',
    ],
    ['BatchWriteItem', { journal: [] }, 'Member must have length greater than or equal to 1'],
    ['BatchWriteItem', { journal: [put('1'), { PutRequest: { Item: { pk: { S: 'p' } } } }] }, 'Missing the key sk in the item'],
    ['BatchWriteItem', { journal: [{ ...put('1'), ...remove('2') }] }, 'more than one datatypes set'],
    ['BatchWriteItem', { journal: [{ UpdateRequest: {} }] }, 'does not cover the member UpdateRequest'],
    ['BatchGetItem', { journal: { Keys: [key('p', '1'), key('p', '1')] } }, 'Provided list of item keys contains duplicates'],
    [
      'BatchGetItem',
      { journal: { Keys: Array.from({ length: 101 }, (_, at) => key('p', String(at))) } },
      'Too many items requested for the BatchGetItem call',
    ],
    ['BatchGetItem', { journal: { Keys: [] } }, 'Member must have length greater than or equal to 1'],
    ['BatchGetItem', { nope: { Keys: [key('p', '1')] } }, 'Requested resource not found'],
    ['BatchGetItem', {}, 'Member must have length greater than or equal to 1'],
  ])('%s of %j is refused whole', async (operation, RequestItems, message) => {
    const { refused, records } = fixture();
    expect((await refused(operation, { RequestItems })).message).toContain(message);
    expect(records).toEqual([]);
  });
});
