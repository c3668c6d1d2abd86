import { addressDigits } from '../../shared/pattern/address.ts';
import { cidr } from '../../shared/pattern/cidr.ts';
import { arnWildcard, literal, type Matcher, wildcard } from './wildcard.ts';

/** A condition operator: what one expected value takes for a match, and whether a match is what it must not find. */
export interface Operator {
  readonly matcher: (expected: string) => Matcher;
  readonly negated: boolean;
}

const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
/** ISO 8601, or seconds since the epoch. */
const instant = (text: string): number => (/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const comparing =
  (read: (text: string) => number, holds: (value: number, bound: number) => boolean) =>
  (expected: string): Matcher => {
    const bound = read(expected);
    if (Number.isNaN(bound)) throw new Error(`${expected} is not a value this operator can compare`);
    return (value) => holds(read(value), bound);
  };

/** One address, or a block of them. */
const inBlock = (block: string): Matcher => {
  const single = addressDigits(block.replace(/\/(32|128)$/, ''));
  if (single !== undefined) return (value) => addressDigits(value) === single;
  const term = cidr(block) as { low: string; high: string };
  return (value) => {
    const digits = addressDigits(value);
    return digits !== undefined && digits.length === term.low.length && digits >= term.low && digits <= term.high;
  };
};

const both = (name: string, matcher: Operator['matcher'], negative = name.replace(/^(String|Arn|Numeric|Date)/, '$1Not')) => [
  [name, { matcher, negated: false }] as const,
  [negative, { matcher, negated: true }] as const,
];
const ignoringCase = (expected: string): Matcher => literal(expected, { ignoreCase: true });

const ordered = (kind: 'Numeric' | 'Date', read: (text: string) => number) => [
  ...both(
    `${kind}Equals`,
    comparing(read, (value, bound) => value === bound),
  ),
  ...Object.entries({
    LessThan: (value: number, bound: number) => value < bound,
    LessThanEquals: (value: number, bound: number) => value <= bound,
    GreaterThan: (value: number, bound: number) => value > bound,
    GreaterThanEquals: (value: number, bound: number) => value >= bound,
  }).map(([name, holds]) => [`${kind}${name}`, { matcher: comparing(read, holds), negated: false }] as const),
];

/** All of IAM's condition operators but Null, which looks at the key and not at its value. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...both('StringEquals', (expected) => literal(expected)),
  ...both('StringEqualsIgnoreCase', ignoringCase),
  ...both('StringLike', (expected) => wildcard(expected)),
  ...both('ArnEquals', arnWildcard),
  ...both('ArnLike', arnWildcard),
  ...ordered('Numeric', number),
  ...ordered('Date', instant),
  ...both('IpAddress', inBlock, 'NotIpAddress'),
  ['Bool', { matcher: ignoringCase, negated: false }],
  ['BinaryEquals', { matcher: (expected) => literal(expected), negated: false }],
]);
