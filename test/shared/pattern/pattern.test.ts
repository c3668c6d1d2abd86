import { describe, expect, it } from 'vitest';
import { compilePattern, InvalidPattern } from '../../../shared/pattern/index.ts';

const matches = (pattern: object, event: object): boolean => compilePattern(pattern).matches(event);

describe('one field', () => {
  it.each([
    ['an exact string', ['cad'], 'cad', true],
    ['null is a value', [null], null, true],
    ['300 is 300.0', [300], 300.0, true],
    ['a string is no number', [300], '300', false],
    ['a prefix', [{ prefix: 'ca' }], 'cad', true],
    ['a suffix in any case', [{ suffix: { 'equals-ignore-case': 'AD' } }], 'cad', true],
    ['an escaped star', [{ wildcard: 'a\\**' }], 'a*b', true],
    ['a wildcard that must go back', [{ wildcard: '*ab*ac' }], 'xabxabac', true],
    ['a range open below', [{ numeric: ['>', 1, '<=', 2] }], 1, false],
    ['an address in a block', [{ cidr: '10.0.0.0/24' }], '10.0.0.7', true],
    ['an IPv4 address written as one of IPv6', [{ cidr: '10.0.0.0/24' }], '::ffff:a00:7', true],
    ['an IPv6 address in a block', [{ cidr: '2001:db8::/32' }], '2001:db8::1', true],
    ['anything but a list', [{ 'anything-but': ['swoe', 'x'] }], 'swoe', false],
    ['anything but wildcards', [{ 'anything-but': { wildcard: ['a*', '*b'] } }], 'cab', false],
    ['anything-but needs a value', [{ 'anything-but': 'x' }], undefined, false],
    ['exists needs a leaf', [{ exists: true }], { deeper: 1 }, false],
    ['absence', [{ exists: false }], undefined, true],
    ['one element of an array is enough', ['b'], ['a', 'b'], true],
    ['nested arrays count as the array', ['b'], [['a'], [['b']]], true],
    ['an empty array holds nothing', [{ exists: true }], [], false],
  ])('%s', (_what, terms, value, expected) => {
    expect(matches({ detail: { field: terms } }, { detail: { field: value, other: 1 } })).toBe(expected);
  });
});

describe('several fields', () => {
  it('must hold in the same element of an array', () => {
    const pattern = { units: { kind: ['drone'], free: [true] } };
    expect(
      matches(pattern, {
        units: [
          { kind: 'drone', free: false },
          { kind: 'car', free: true },
        ],
      }),
    ).toBe(false);
    expect(
      matches(pattern, {
        units: [
          { kind: 'car', free: true },
          { kind: 'drone', free: true },
        ],
      }),
    ).toBe(true);
  });

  it('are joined by and, the alternatives of $or by or', () => {
    const pattern = { source: ['s'], $or: [{ a: [1] }, { b: [{ numeric: ['>', 5] }] }] };
    expect(matches(pattern, { source: 's', b: 6 })).toBe(true);
    expect(matches(pattern, { source: 's', b: 5 })).toBe(false);
    expect(matches(pattern, { source: 't', a: 1 })).toBe(false);
  });

  it('may be written with dots on either side', () => {
    expect(matches({ detail: { 'state.status': ['on'] } }, { detail: { state: { status: 'on' } } })).toBe(true);
    expect(matches({ detail: { state: { status: ['on'] } } }, { detail: { 'state.status': 'on' } })).toBe(true);
  });
});

it.each([
  [{ a: [] }, 'Empty arrays are not allowed'],
  [{ a: 'x' }, '"a" must be an object or an array'],
  [{ a: {} }, 'Empty objects are not allowed'],
  [{ a: [{ prefx: 'x' }] }, 'Unrecognized match type prefx'],
  [{ a: [{ constructor: 'x' }] }, 'Unrecognized match type constructor'],
  [{ a: [{ prefix: 'a', suffix: 'b' }] }, 'Only one key allowed in match expression'],
  [{ a: [{ wildcard: 'ü**' }] }, 'Consecutive wildcard characters at pos 3'],
  [{ $or: [{ a: [1] }] }, 'There must have at least 2 Objects in $or relationship.'],
  [{ $or: [{ prefix: [1] }, { a: [1] }] }, 'prefix is Ruler reserved fieldName which cannot be used inside $or.'],
  [{ a: [{ numeric: ['>', 5, '<', 5] }] }, 'Bottom must be less than top'],
  [{ a: [{ numeric: [['<', 1]] }] }, 'Invalid member in numeric match: ['],
  [{ a: [{ numeric: [null, 1] }] }, 'Invalid member in numeric match: null'],
  [{ a: [{ numeric: ['>', 1, {}, 2] }] }, 'Bad value in numeric range: {'],
  [{ a: [{ 'anything-but': {} }] }, 'Anything-But expression name not found'],
  [{ a: [{ 'anything-but': { prefix: [''] } }] }, 'Null prefix/suffix not allowed'],
  [{ a: [{ prefix: {} }] }, 'Prefix expression name not found'],
  [{ a: [{ suffix: { prefix: 'x' } }] }, 'Unsupported suffix pattern: prefix'],
  [{ a: [{ cidr: '10.0.0.0/-1' }] }, 'Malformed CIDR, mask bits must not be negative'],
  [{ a: [{ cidr: '::1/128' }] }, 'IPv6 mask bits must be < 128'],
  [{ $or: ['x', { a: [1] }] }, 'Only JSON object is allowed in array of $or relationship.'],
  [{ $or: { a: [1] } }, 'It must be an Array followed with $or.'],
  [[], 'Filter is not an object'],
])('%o is refused: %s', (pattern, reason) => {
  expect(() => compilePattern(pattern)).toThrow(new InvalidPattern(reason));
});

it('a wildcard against a long value costs no exponential time', () => {
  const pattern = compilePattern({ a: [{ wildcard: '*a*a*a*a*b' }] });
  expect(pattern.matches({ a: 'a'.repeat(20_000) })).toBe(false);
});

it('long arrays side by side cost no more than their lengths', () => {
  const pattern = compilePattern({ a: { x: [1] }, b: { x: [1] }, c: { x: [2] } });
  const long = Array.from({ length: 4000 }, () => ({ x: 1 }));
  expect(pattern.matches({ a: long, b: long, c: long })).toBe(false);
  expect(pattern.matches({ a: long, b: long, c: { x: 2 } })).toBe(true);
});

it('an element chosen long ago still binds where many were left to choose from', () => {
  const pattern = compilePattern({ a: { x: [1], z: [{ exists: false }] }, b: { y: [1] } });
  const many = Array.from({ length: 40 }, () => ({ x: 1, z: 1 }));
  expect(pattern.matches({ a: many, b: [{ y: 1 }] })).toBe(false);
  expect(pattern.matches({ a: [...many, { x: 1 }], b: [{ y: 1 }] })).toBe(true);
});
