import { describe, expect, it } from 'vitest';
import { fixture, JOURNAL, key } from './support/fixture.ts';

const T = { TableName: 'journal' };

const ITEM = {
  ...key('p', '1'),
  n: { N: '5' },
  s: { S: 'hello' },
  l: { L: [{ N: '1' }, { M: { x: { S: 'deep' } } }] },
  m: { M: { a: { M: { b: { N: '7' } } } } },
  ss: { SS: ['red', 'blue'] },
  bin: { B: 'AQID' },
  f: { BOOL: true },
  z: { NULL: true },
};

const VALUES: Record<string, object> = {
  ':five': { N: '5.0' },
  ':six': { N: '6' },
  ':he': { S: 'he' },
  ':red': { S: 'red' },
  ':one': { N: '1' },
  ':true': { BOOL: true },
  ':type': { S: 'M' },
  ':bytes': { B: 'AQ==' },
};

const valuesIn = (text: string) => {
  const used = Object.entries(VALUES).filter(([name]) => new RegExp(`${name}\\b`).test(text));
  return used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {};
};

const holds = async (condition: string): Promise<boolean> => {
  const { call } = fixture(JOURNAL);
  await call('PutItem', { ...T, Item: ITEM });
  const answer = await call('Scan', { ...T, FilterExpression: condition, Select: 'COUNT', ...valuesIn(condition) });
  return answer['Count'] === 1;
};

describe('conditions', () => {
  it.each([
    'n = :five',
    'n <> :six AND NOT n = :six',
    'gone <> :six',
    'n < :six',
    'n >= :five',
    's > :he',
    'n BETWEEN :one AND :six',
    'n IN (:one, :five)',
    'attribute_exists(m.a.b) AND attribute_not_exists(m.a.c)',
    'attribute_type(m, :type)',
    'begins_with(s, :he)',
    'begins_with(bin, :bytes)',
    'contains(s, :he)',
    'contains(ss, :red)',
    'contains(l, :one)',
    'contains(bin, :bytes)',
    'l[1].x > :he OR l[0] = :one',
    'size(s) = :five AND size(ss) < :six AND size(l) > :one AND size(m) = :one',
    'size(m.a) = l[0]',
    '(n) = (:five)',
    'n = :six OR n = :five AND f = :true',
    'NOT (n = :six OR n = :one) and not n = :one',
    '(n = :six) OR (n = :five)',
    ':five = n',
  ])('%s holds', async (condition) => expect(await holds(condition)).toBe(true));

  it.each([
    'n = :he',
    'n < :he',
    'gone = :six',
    'gone < :six',
    'size(gone) = :one',
    'contains(n, :one)',
    'begins_with(n, :he)',
    'l[7] = :one',
    's.x = :one',
    'n = :six AND n = :five OR n = :one',
  ])('%s does not hold', async (condition) => expect(await holds(condition)).toBe(false));

  it.each([
    ['', 'The expression can not be empty;'],
    ['n = ', 'Syntax error; token: "<EOF>", near: "="'],
    ['n ! :one', 'Syntax error; token: "!", near: "n !'],
    ['n = :one )', 'Syntax error; token: ")", near: ":one )"'],
    ['n = :one OR OR n = :one', 'Syntax error; token: "OR", near: "OR OR n"'],
    ['n', 'Syntax error'],
    ['l[x] = :one', 'Syntax error; token: "x", near: "[x]"'],
    ['((n = :one))', 'The expression has redundant parentheses;'],
    ['foo(n)', 'Invalid function name; function: foo'],
    ['size(n)', 'The function is not allowed to be used this way in an expression; function: size'],
    ['attribute_exists(n) = :true', 'The function is not allowed to be used this way in an expression; function: attribute_exists'],
    ['status = :one', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['m.items = :one', 'Attribute name is a reserved keyword; reserved keyword: items'],
    ['#x = :one', 'An expression attribute name used in the document path is not defined; attribute name: #x'],
    ['n = :nope', 'An expression attribute value used in expression is not defined; attribute value: :nope'],
    ['contains(n)', 'Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1'],
    ['begins_with(s, :one)', 'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N'],
    ['n < :true', 'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL'],
    ['attribute_exists(:one)', 'Operator or function requires a document path; operator or function: attribute_exists'],
    ['attribute_type(n, :red)', 'Invalid attribute type name found; type: red'],
    [
      'n = n',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]',
    ],
    [
      'n BETWEEN :six AND :one',
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}',
    ],
    ['n BETWEEN :one AND :he', 'The BETWEEN operator requires same data type for lower and upper bounds'],
  ])('%j is refused: %s', async (condition, message) => {
    const { refused } = fixture(JOURNAL);
    const error = await refused('Scan', { ...T, FilterExpression: condition, ...valuesIn(condition) });
    expect(error.name).toBe('ValidationException');
    expect(error.message).toContain(`Invalid FilterExpression: ${message}`);
  });
});

describe('placeholders', () => {
  it.each([
    [
      { FilterExpression: 'n = :a', ExpressionAttributeValues: { ':a': { N: '1' }, ':b': { N: '1' } } },
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}',
    ],
    [
      { FilterExpression: 'attribute_exists(n)', ExpressionAttributeNames: { '#u': 'u' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#u}',
    ],
    [
      { ExpressionAttributeValues: { ':a': { N: '1' } } },
      'ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null',
    ],
    [{ ExpressionAttributeNames: { '#a': 'a' } }, 'ExpressionAttributeNames can only be specified when using expressions'],
    [{ FilterExpression: 'n = :a', ExpressionAttributeValues: {} }, 'ExpressionAttributeValues must not be empty'],
    [
      { FilterExpression: 'n = :a', ExpressionAttributeValues: { a: { N: '1' } } },
      'ExpressionAttributeValues contains invalid key: Syntax error; key: "a"',
    ],
    [
      { FilterExpression: 'n = :a', ExpressionAttributeValues: { ':a': { N: 'x' } } },
      'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :a',
    ],
  ])('%j is refused', async (input, message) => {
    expect((await fixture(JOURNAL).refused('Scan', { ...T, ...input })).message).toBe(message);
  });
});

describe('projections', () => {
  const projected = async (expression: string, names: object = {}): Promise<unknown> => {
    const { call } = fixture(JOURNAL);
    await call('PutItem', { ...T, Item: ITEM });
    return (await call('GetItem', { ...T, Key: key('p', '1'), ProjectionExpression: expression, ...names }))['Item'];
  };

  it('give the parts named, and elements of lists without gaps', async () => {
    expect(await projected('l[1].x, m.a, nope, s.x, n')).toEqual({ l: { L: [{ M: { x: { S: 'deep' } } }] }, m: ITEM.m, n: ITEM.n });
    expect(await projected('#n', { ExpressionAttributeNames: { '#n': 'n' } })).toEqual({ n: ITEM.n });
  });

  it('may not overlap', async () => {
    await expect(projected('m, m.a')).rejects.toThrow('Invalid ProjectionExpression: Two document paths overlap with each other');
  });
});

describe('limits of an expression', () => {
  const scan = (FilterExpression: string) => ({ ...T, FilterExpression, ExpressionAttributeValues: { ':v': { N: '1' } } });
  const comparisons = (count: number): string => Array.from({ length: count }, () => 'n=:v').join(' OR ');

  it('300 operators pass, 301 do not', async () => {
    const { call, refused } = fixture(JOURNAL);
    await call('Scan', scan(`${comparisons(150)} OR attribute_exists(n)`.replace('n=:v OR ', '')));
    const { message } = await refused('Scan', scan(comparisons(151)));
    expect(message).toContain('too many operators; maximum operators: 300, operators: 301');
  });

  it('4,096 bytes pass, one more does not', async () => {
    const { call, refused } = fixture(JOURNAL);
    await call('Scan', scan('n = :v'.padEnd(4096)));
    expect((await refused('Scan', scan('n = :v'.padEnd(4097)))).message).toBe(
      'Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
    );
  });
});

describe('a text that was read before', () => {
  it('takes other names, and other types of values are checked anew', async () => {
    const { call, refused } = fixture(JOURNAL);
    await call('PutItem', { ...T, Item: { ...key('p', '1'), a: { S: 'one' }, b: { S: 'two' } } });
    const scan = (name: string, value: object) => ({
      ...T,
      FilterExpression: 'begins_with(#x, :v)',
      ExpressionAttributeNames: { '#x': name },
      ExpressionAttributeValues: { ':v': value },
    });
    const count = async (name: string, value: object) => (await call('Scan', scan(name, value)))['Count'];
    expect([await count('a', { S: 'o' }), await count('b', { S: 'o' }), await count('b', { S: 't' })]).toEqual([1, 0, 1]);
    expect((await refused('Scan', scan('a', { N: '1' }))).message).toContain('operand type: N');
    const between = { ...scan('a', { S: 'o' }), FilterExpression: '#x BETWEEN :v AND :w' };
    const bounds = (low: string, high: string) => ({ ...between, ExpressionAttributeValues: { ':v': { S: low }, ':w': { S: high } } });
    expect((await call('Scan', bounds('a', 'z')))['Count']).toBe(1);
    expect((await refused('Scan', bounds('z', 'a'))).message).toContain('BETWEEN operator requires upper bound');
  });
});
