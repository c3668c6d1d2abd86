import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeValue } from '../../../../local/engines/dynamodb/values/attribute.ts';
import { compare, orderOf, textOrder } from '../../../../local/engines/dynamodb/values/compare.ts';
import {
  addNumbers,
  canonicalNumber,
  compareNumbers,
  numberOrder,
  numberSize,
  subtractNumbers,
} from '../../../../local/engines/dynamodb/values/decimal.ts';
import { normaliseItem, normaliseValue } from '../../../../local/engines/dynamodb/values/normalise.ts';
import { itemSize } from '../../../../local/engines/dynamodb/values/size.ts';

/** Decimals as an integer over a power of ten, so that BigInt can be the judge. */
const decimal = fc.record({ units: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), scale: fc.integer({ min: 0, max: 20 }) });
const textOf = ({ units, scale }: { units: bigint; scale: number }): string => `${units}e-${scale}`;
const common = (a: { units: bigint; scale: number }, b: { units: bigint; scale: number }) => {
  const scale = Math.max(a.scale, b.scale);
  return { scale, a: a.units * 10n ** BigInt(scale - a.scale), b: b.units * 10n ** BigInt(scale - b.scale) };
};

describe('numbers', () => {
  it.each([
    ['1.50', '1.5'],
    ['-0012.500', '-12.5'],
    ['1e3', '1000'],
    ['12.5E-3', '0.0125'],
    ['-0', '0'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['1e125', `1${'0'.repeat(125)}`],
  ])('%s is kept as %s', (given, kept) => expect(canonicalNumber(given)).toBe(kept));

  it.each(['', 'abc', '1_0', ' 1', '0x1', 'Infinity', 'NaN', '1e', '.', '--1'])('%j is no number', (text) => {
    expect(() => canonicalNumber(text)).toThrow('cannot be converted to a numeric value');
  });

  it('numbers beyond 38 digits or the exponent range are refused', () => {
    expect(() => canonicalNumber('1'.repeat(39))).toThrow('more than 38 significant digits');
    expect(() => canonicalNumber('1e126')).toThrow('Number overflow');
    expect(() => canonicalNumber('1e-131')).toThrow('Number underflow');
    expect(() => addNumbers('9'.repeat(38), '0.1')).toThrow('more than 38 significant digits');
  });

  it('sums, differences and comparisons are exact', () => {
    fc.assert(
      fc.property(decimal, decimal, (x, y) => {
        const { scale, a, b } = common(x, y);
        const [left, right] = [canonicalNumber(textOf(x)), canonicalNumber(textOf(y))];
        expect(addNumbers(left, right)).toBe(canonicalNumber(textOf({ units: a + b, scale })));
        expect(subtractNumbers(left, right)).toBe(canonicalNumber(textOf({ units: a - b, scale })));
        expect(Math.sign(compareNumbers(left, right))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('order texts sort as the numbers do', () => {
    fc.assert(
      fc.property(decimal, decimal, (x, y) => {
        const { a, b } = common(x, y);
        const [left, right] = [numberOrder(canonicalNumber(textOf(x))), numberOrder(canonicalNumber(textOf(y)))];
        expect(left < right).toBe(a < b);
        expect(left === right).toBe(a === b);
      }),
    );
  });

  it('take a byte for each pair of digits about the decimal point', () => {
    expect(['0', '1', '12', '123', '1.5', '-1', '100'].map(numberSize)).toEqual([1, 2, 2, 3, 3, 3, 2]);
  });
});

describe('order', () => {
  it('strings sort by their UTF-8 bytes, surrogate pairs after everything in the basic plane', () => {
    const bytes = (text: string): string => Buffer.from(text).toString('latin1');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(textOrder(a) < textOrder(b)).toBe(bytes(a) < bytes(b));
      }),
    );
    expect(textOrder('\uffee') < textOrder('\u{1f693}')).toBe(true);
  });

  it('binary sorts by unsigned bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        const [x, y] = [normaliseValue({ B: a }), normaliseValue({ B: b })];
        expect(Math.sign(compare(x, y) ?? 9)).toBe(Math.sign(Buffer.compare(a, b)));
      }),
    );
  });

  it('values of different types have none', () => {
    expect(compare({ S: '1' }, { N: '1' })).toBeUndefined();
    expect(() => orderOf({ BOOL: true } as AttributeValue)).toThrow('have no order');
  });
});

describe('normalising', () => {
  it('copies what it is given, and freezes its copy through and through', () => {
    const given = { m: { M: { l: { L: [{ S: 'x' }] } } }, ss: { SS: ['a'] } };
    const kept = normaliseItem(given);
    given.m.M.l.L.push({ S: 'y' });
    given.ss.SS.push('b');
    expect(kept).toEqual({ m: { M: { l: { L: [{ S: 'x' }] } } }, ss: { SS: ['a'] } });
    expect(() => (kept as { ss: { SS: string[] } }).ss.SS.push('c')).toThrow(TypeError);
  });

  it('keeps attributes named like members of every object', () => {
    const given = JSON.parse('{"__proto__":{"S":"p"},"constructor":{"S":"c"},"toString":{"N":"1"}}') as object;
    expect(JSON.stringify(normaliseItem(given))).toBe(JSON.stringify(given));
  });

  it.each([
    [{}, 'Supplied AttributeValue is empty'],
    [{ S: 'a', N: '1' }, 'more than one datatypes set'],
    [{ SS: [] }, 'An string set  may not be empty'],
    [{ NS: ['1', '1.0'] }, 'Input collection contains duplicates'],
    [{ NULL: false }, 'Null attribute value types must have the value of true'],
    [{ S: 5 }, 'S must be a string'],
    [{ B: '?' }, 'not base64'],
  ])('refuses %j', (value, message) => expect(() => normaliseValue(value)).toThrow(message));

  it('refuses values nested deeper than 32 levels', () => {
    const nested = (depth: number): object => (depth === 0 ? { S: 'x' } : { L: [nested(depth - 1)] });
    expect(() => normaliseItem({ a: nested(32) })).not.toThrow();
    expect(() => normaliseItem({ a: nested(33) })).toThrow('Nesting Levels');
  });

  it('sizes count names and values in UTF-8, three for a list or map and one for each entry', () => {
    expect(itemSize(normaliseItem({ é: { S: 'é' } }))).toBe(4);
    expect(itemSize(normaliseItem({ a: { L: [{ BOOL: true }, { S: 'xy' }] } }))).toBe(1 + 3 + 2 + 1 + 2);
  });
});
