import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOrder } from '../../../../local/engines/dynamodb/values/compare.ts';
import { type Fixture, fixture, key } from './support/fixture.ts';

const T = { TableName: 'journal' };
type Page = { Items: Record<string, { S: string }>[]; Count: number; ScannedCount: number; LastEvaluatedKey?: object };

const filled = async (sks: readonly string[]): Promise<Fixture> => {
  const made = fixture();
  for (const sk of sks) await made.call('PutItem', { ...T, Item: { ...key('p', sk), day: { S: 'd' }, order: { S: sk.slice(0, 1) } } });
  await made.call('PutItem', { ...T, Item: key('other', 'x') });
  return made;
};

const query = async ({ call }: Fixture, condition: string, values: Record<string, string>, more: object = {}): Promise<Page> =>
  (await call('Query', {
    ...T,
    KeyConditionExpression: condition,
    ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }])),
    ...more,
  })) as Page;

const sks = ({ Items }: Page): string[] => Items.map(({ sk }) => sk?.S ?? '');

const allPages = async (made: Fixture, operation: string, input: Record<string, unknown>): Promise<Page['Items']> => {
  const items: Page['Items'] = [];
  let start: object | undefined;
  do {
    const page = (await made.call(operation, { ...input, ...(start ? { ExclusiveStartKey: start } : {}) })) as Page;
    items.push(...page.Items);
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
};

describe('Query', () => {
  it.each([
    ['pk = :p', {}, ['a', 'ab', 'b', 'c']],
    ['pk = :p AND sk = :x', { ':x': 'b' }, ['b']],
    ['pk = :p AND sk < :x', { ':x': 'b' }, ['a', 'ab']],
    [':x >= sk AND :p = pk', { ':x': 'b' }, ['a', 'ab', 'b']],
    ['sk > :x AND pk = :p', { ':x': 'a' }, ['ab', 'b', 'c']],
    ['(pk = :p) AND (sk >= :x)', { ':x': 'b' }, ['b', 'c']],
    ['pk = :p AND sk BETWEEN :x AND :y', { ':x': 'ab', ':y': 'bz' }, ['ab', 'b']],
    ['pk = :p AND begins_with(sk, :x)', { ':x': 'a' }, ['a', 'ab']],
    ['pk = :p AND begins_with(sk, :x)', { ':x': '' }, ['a', 'ab', 'b', 'c']],
  ])('%s %j', async (condition, values, expected) => {
    const made = await filled(['c', 'ab', 'a', 'b']);
    const given = { ':p': 'p', ...values };
    expect(sks(await query(made, condition, given))).toEqual(expected);
    expect(sks(await query(made, condition, given, { ScanIndexForward: false }))).toEqual([...expected].reverse());
  });

  it.each([
    ['sk = :p', 'Query condition missed key schema element: pk'],
    ['pk > :p', 'Query key condition not supported'],
    ['pk = :p OR sk = :p', 'Invalid operator used in KeyConditionExpression: OR'],
    ['pk = :p AND sk <> :p', 'Invalid operator used in KeyConditionExpression: <>'],
    ['pk = :p AND pk = :p', 'KeyConditionExpressions must only contain one condition per key'],
    ['pk = :p AND contains(sk, :p)', 'Invalid operator used in KeyConditionExpression: contains'],
    ['pk = :p AND x = :p', 'Query condition missed key schema element: sk'],
  ])('%s is refused', async (condition, message) => {
    await expect(query(fixture(), condition, { ':p': 'p' })).rejects.toThrow(message);
  });

  it.each([
    [{ ExclusiveStartKey: { pk: { S: 'p' } } }, 'The provided starting key is invalid'],
    [{ ExclusiveStartKey: key('q', 'a') }, 'The provided starting key is outside query boundaries based on provided conditions'],
    [{ Limit: 0 }, 'Member must have value greater than or equal to 1'],
    [{ Select: 'COUNT', ProjectionExpression: 'x' }, 'Cannot specify the ProjectionExpression when choosing to get only the Count'],
    [{ Select: 'SPECIFIC_ATTRIBUTES' }, 'Must specify the AttributesToGet or ProjectionExpression'],
    [{ Select: 'ALL_PROJECTED_ATTRIBUTES' }, 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName'],
    [{ FilterExpression: 'sk = :p' }, 'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk'],
    [{ IndexName: 'nope' }, 'The table does not have the specified index: nope'],
    [{ QueryFilter: {} }, 'does not cover the member QueryFilter of Query'],
  ])('%j is refused', async (more, message) => {
    await expect(query(fixture(), 'pk = :p', { ':p': 'p' }, more)).rejects.toThrow(message);
  });

  it('a filter is asked after the limit, and a full page names its last key even where nothing follows', async () => {
    const made = await filled(['a', 'b']);
    const page = await query(
      made,
      'pk = :p',
      { ':p': 'p', ':o': 'b' },
      { FilterExpression: '#o = :o', ExpressionAttributeNames: { '#o': 'order' }, Limit: 1 },
    );
    expect(page).toEqual({ Items: [], Count: 0, ScannedCount: 1, LastEvaluatedKey: key('p', 'a') });
    expect(await query(made, 'pk = :p', { ':p': 'p' }, { Limit: 2, Select: 'COUNT' })).toEqual({
      Count: 2,
      ScannedCount: 2,
      LastEvaluatedKey: key('p', 'b'),
    });
    expect(await query(made, 'pk = :p', { ':p': 'p' }, { Limit: 3, Select: 'COUNT' })).toEqual({ Count: 2, ScannedCount: 2 });
  });

  it('a page ends before it exceeds 1 MB', async () => {
    const made = fixture();
    for (const sk of ['1', '2', '3', '4'])
      await made.call('PutItem', { ...T, Item: { ...key('p', sk), v: { S: 'x'.repeat(300 * 1024) } } });
    expect(await query(made, 'pk = :p', { ':p': 'p' }, { Select: 'COUNT' })).toEqual({
      Count: 3,
      ScannedCount: 3,
      LastEvaluatedKey: key('p', '3'),
    });
  });

  it('pages of any size, in either direction, give every item once, in UTF-8 order', async () => {
    const keys = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 5 }), fc.boolean(), async (all, Limit, ScanIndexForward) => {
        const made = await filled(all);
        const input = { ...T, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } }, Limit, ScanIndexForward };
        const items = await allPages(made, 'Query', input);
        const expected = [...all].sort((a, b) => (textOrder(a) < textOrder(b) ? -1 : 1));
        expect(items.map(({ sk }) => sk?.S)).toEqual(ScanIndexForward ? expected : expected.reverse());
      }),
      { numRuns: 50 },
    );
  });
});

describe('secondary indexes', () => {
  const byDay = (more: object = {}) => ({
    ...T,
    IndexName: 'byDay',
    KeyConditionExpression: '#d = :d',
    ExpressionAttributeNames: { '#d': 'day' },
    ExpressionAttributeValues: { ':d': { S: 'd' } },
    ...more,
  });

  it('hold only items with all their keys, and only what they project', async () => {
    const { call } = fixture();
    await call('PutItem', { ...T, Item: { ...key('p', '1'), day: { S: 'd' }, order: { S: 'o' }, n: { N: '1' } } });
    await call('PutItem', { ...T, Item: { ...key('p', '2'), day: { S: 'd' } } });
    expect(await call('Query', byDay())).toEqual({
      Items: [{ ...key('p', '1'), day: { S: 'd' }, order: { S: 'o' } }],
      Count: 1,
      ScannedCount: 1,
    });
    await call('UpdateItem', { ...T, Key: key('p', '1'), UpdateExpression: 'REMOVE #o', ExpressionAttributeNames: { '#o': 'order' } });
    expect(await call('Query', byDay())).toMatchObject({ Count: 0 });
  });

  it('page through entries of equal order without loss', async () => {
    const made = await filled(['a1', 'a2', 'a3', 'a4', 'b1']);
    for (const ScanIndexForward of [true, false]) {
      const items = await allPages(made, 'Query', byDay({ Limit: 2, ScanIndexForward }));
      expect(items.map(({ sk }) => sk?.S)).toEqual(ScanIndexForward ? ['a1', 'a2', 'a3', 'a4', 'b1'] : ['b1', 'a4', 'a3', 'a2', 'a1']);
    }
    expect(await allPages(made, 'Scan', { ...T, IndexName: 'byDay', Limit: 2 })).toHaveLength(5);
  });

  it.each([
    [{ ConsistentRead: true }, 'Consistent reads are not supported on global secondary indexes'],
    [
      { Select: 'ALL_ATTRIBUTES' },
      'Select type ALL_ATTRIBUTES is not supported for global secondary index byDay because its projection type is not ALL',
    ],
    [{ ProjectionExpression: 'n' }, 'Global secondary index byDay does not project [n]'],
    [{ ExclusiveStartKey: key('p', 'a') }, 'The provided starting key is invalid'],
  ])('%j is refused', async (more, message) => {
    expect((await fixture().refused('Query', byDay(more))).message).toContain(message);
  });
});

describe('Scan', () => {
  it('segments and pages give every item once, whatever is deleted between pages', async () => {
    const made = fixture();
    const all = Array.from({ length: 200 }, (_, at) => `p${at}`);
    for (const pk of all) await made.call('PutItem', { ...T, Item: key(pk, 'x') });
    const segments = await Promise.all([0, 1, 2].map((Segment) => allPages(made, 'Scan', { ...T, Segment, TotalSegments: 3, Limit: 7 })));
    expect(
      segments
        .flat()
        .map(({ pk }) => pk?.S ?? '')
        .sort(),
    ).toEqual([...all].sort());
    const first = (await made.call('Scan', { ...T, Limit: 50 })) as unknown as Page;
    for (const { pk, sk } of first.Items) await made.call('DeleteItem', { ...T, Key: { pk, sk } });
    const rest = (await made.call('Scan', { ...T, ExclusiveStartKey: first.LastEvaluatedKey })) as unknown as Page;
    expect(rest.Count).toBe(150);
  });

  it.each([
    [{ Segment: 0 }, 'The TotalSegments parameter is required'],
    [{ TotalSegments: 2 }, 'The Segment parameter is required'],
    [{ Segment: 2, TotalSegments: 2 }, 'Segment: 2 is not less than TotalSegments: 2'],
  ])('%j is refused', async (more, message) => expect((await fixture().refused('Scan', { ...T, ...more })).message).toContain(message));
});
