import { refuse } from './invalid-pattern.ts';
import { isComparable } from './number.ts';
import type { Term } from './term.ts';

type Range = Extract<Term, { kind: 'numeric' }>;

const number = (value: unknown, operator: string): number => {
  if (typeof value !== 'number') return refuse(`Value of ${operator} must be numeric`);
  return isComparable(value) ? value : refuse('Value must be between -5.0E11 and 5.0E11, inclusive');
};

/** The first token of a value, which is all that AWS's reader has seen of it when it complains. */
const token = (value: unknown): string => {
  if (value === undefined) return ']';
  if (Array.isArray(value)) return '[';
  return typeof value === 'object' && value !== null ? '{' : String(value);
};

const range = (low: number, openLow: boolean, high: number, openHigh: boolean): Range => ({
  kind: 'numeric',
  low,
  openLow,
  high,
  openHigh,
});

const only = (rest: readonly unknown[], made: Range): Range => (rest.length > 0 ? refuse('Too many elements in numeric expression') : made);

const between = (low: number, openLow: boolean, [operator, value, ...rest]: readonly unknown[]): Range => {
  if (operator === undefined) return range(low, openLow, Number.POSITIVE_INFINITY, false);
  if (typeof operator !== 'string') refuse(`Bad value in numeric range: ${token(operator)}`);
  if (operator !== '<' && operator !== '<=') refuse(`Bad numeric range operator: ${String(operator)}`);
  const high = number(value, String(operator));
  if (rest.length > 0) refuse('Too many terms in numeric range expression');
  if (low >= high) refuse('Bottom must be less than top');
  return range(low, openLow, high, operator === '<');
};

/** `numeric`: `["=", n]`, one bound, or a lower bound followed by an upper one. */
export const numeric = (value: unknown): Term => {
  if (!Array.isArray(value)) return refuse('Value of numeric must be an array.');
  const [operator, operand, ...rest]: unknown[] = value;
  if (typeof operator !== 'string') refuse(`Invalid member in numeric match: ${token(operator)}`);
  const lowest = Number.NEGATIVE_INFINITY;
  switch (operator) {
    case '=': {
      const n = number(operand, 'equals');
      return only(rest, range(n, false, n, false));
    }
    case '<':
    case '<=':
      return only(rest, range(lowest, false, number(operand, operator), operator === '<'));
    case '>':
    case '>=':
      return between(number(operand, operator), operator === '>', rest);
    default:
      return refuse(`Unrecognized numeric range operator: ${String(operator)}`);
  }
};
