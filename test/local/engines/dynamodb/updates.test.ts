import { describe, expect, it } from 'vitest';
import { fixture, JOURNAL, key } from './support/fixture.ts';

const T = { TableName: 'journal', Key: key('p', '1') };

const updated = async (item: object, expression: string, values: object = {}, mode = 'ALL_NEW'): Promise<unknown> => {
  const { call } = fixture(JOURNAL);
  await call('PutItem', { TableName: 'journal', Item: { ...T.Key, ...item } });
  const given = Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {};
  const { Attributes } = await call('UpdateItem', { ...T, UpdateExpression: expression, ReturnValues: mode, ...given });
  if (mode !== 'ALL_NEW') return Attributes;
  const { pk: _pk, sk: _sk, ...rest } = Attributes as Record<string, unknown>;
  return rest;
};

const N = (text: string) => ({ N: text });
const S = (text: string) => ({ S: text });
const one = { ':one': N('1') };

describe('update expressions', () => {
  it('SET adds, subtracts and falls back, exactly', async () => {
    expect(await updated({ n: N('0.1') }, 'SET n = n + :x, o = if_not_exists(o, :x) - n', { ':x': N('0.2') })).toEqual({
      n: N('0.3'),
      o: N('0.1'),
    });
    expect(await updated({ n: N('9007199254740993') }, 'SET n = n + :one', one)).toEqual({ n: N('9007199254740994') });
  });

  it('every value is computed from the item as it was', async () => {
    expect(await updated({ a: N('1'), b: N('2') }, 'SET a = b, b = a')).toEqual({ a: N('2'), b: N('1') });
  });

  it('elements past the end of a list are appended in order, removals mean the positions before the update', async () => {
    const l = { L: [S('a'), S('b'), S('c')] };
    expect(await updated({ l }, 'SET l[9] = :z, l[7] = :y REMOVE l[0], l[1]', { ':y': S('y'), ':z': S('z') })).toEqual({
      l: { L: [S('c'), S('y'), S('z')] },
    });
    expect(await updated({ l }, 'SET l = list_append(:x, l)', { ':x': { L: [S('x')] } })).toEqual({ l: { L: [S('x'), ...l.L] } });
  });

  it('ADD counts and joins sets, DELETE takes from sets and takes empty ones away', async () => {
    expect(await updated({}, 'ADD n :one, ss :s', { ...one, ':s': { SS: ['a'] } })).toEqual({ n: N('1'), ss: { SS: ['a'] } });
    expect(await updated({ ss: { SS: ['a', 'b'] } }, 'ADD ss :s', { ':s': { SS: ['b', 'c'] } })).toEqual({ ss: { SS: ['a', 'b', 'c'] } });
    expect(await updated({ ns: { NS: ['1', '2'] } }, 'DELETE ns :s, gone :s', { ':s': { NS: ['1.0', '2'] } })).toEqual({});
  });

  it('nested values change without touching their neighbours', async () => {
    const m = { M: { a: { M: { b: N('1'), c: N('2') } }, d: N('3') } };
    expect(await updated({ m }, 'SET m.a.b = :v REMOVE m.a.c, m.nope', { ':v': S('new') })).toEqual({
      m: { M: { a: { M: { b: S('new') } }, d: N('3') } },
    });
  });

  it.each([
    ['UPDATED_NEW', { n: N('2'), m: { M: { a: N('9') } } }],
    ['UPDATED_OLD', { n: N('1'), m: { M: { a: N('5') } } }],
    ['ALL_OLD', { ...T.Key, n: N('1'), m: { M: { a: N('5'), b: N('6') } }, k: S('k') }],
    ['NONE', undefined],
  ])('ReturnValues %s', async (mode, attributes) => {
    const item = { n: N('1'), m: { M: { a: N('5'), b: N('6') } }, k: S('k') };
    expect(await updated(item, 'SET n = n + :one, m.a = :nine REMOVE gone', { ...one, ':nine': N('9') }, mode)).toEqual(attributes);
  });

  it('an item that does not exist is made, and has no old attributes', async () => {
    const { call } = fixture(JOURNAL);
    expect(await call('UpdateItem', { ...T, UpdateExpression: 'REMOVE x', ReturnValues: 'ALL_OLD' })).toEqual({});
    expect(await call('GetItem', T)).toEqual({ Item: T.Key });
  });

  it.each([
    ['SET a = gone', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET a.b = :one', 'The document path provided in the update expression is invalid for update'],
    ['REMOVE gone.x', 'The document path provided in the update expression is invalid for update'],
    ['SET s[0] = :one', 'The document path provided in the update expression is invalid for update'],
    ['SET a = s + :one', 'An operand in the update expression has an incorrect data type'],
    ['ADD s :one', 'An operand in the update expression has an incorrect data type'],
    ['SET pk = :one', 'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key'],
    [
      'SET a = :one, a = :one',
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
    ],
    ['SET a.b = :one, a[1] = :one', 'Invalid UpdateExpression: Two document paths conflict with each other'],
    ['SET a = :one SET b = :one', 'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;'],
    ['SET a = size(s)', 'Invalid UpdateExpression: Invalid function name; function: size'],
    [
      'SET a = list_append(s, :one)',
      'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append, operand type: N',
    ],
    [
      'SET a = if_not_exists(:one, s)',
      'Invalid UpdateExpression: Operator or function requires a document path; operator or function: if_not_exists',
    ],
    ['DELETE a :one', 'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER'],
    ['SET ttl = :one', 'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: ttl'],
    ['SET a :one', 'Invalid UpdateExpression: Syntax error; token: ":one", near: "a :one"'],
    ['GET a', 'Invalid UpdateExpression: Syntax error; token: "GET", near: "GET a"'],
    ['', 'Invalid UpdateExpression: The expression can not be empty;'],
  ])('%s is refused', async (expression, message) => {
    const values = expression.includes(':one') ? one : {};
    await expect(updated({ s: S('text') }, expression, values)).rejects.toThrow(message);
  });

  it('a refused update changes nothing', async () => {
    const { call, refused, records } = fixture(JOURNAL);
    await call('PutItem', { TableName: 'journal', Item: { ...T.Key, n: N('1') } });
    await refused('UpdateItem', { ...T, UpdateExpression: 'SET n = :v, a.b = :v', ExpressionAttributeValues: { ':v': N('2') } });
    expect(await call('GetItem', T)).toEqual({ Item: { ...T.Key, n: N('1') } });
    expect(records).toHaveLength(1);
  });
});
