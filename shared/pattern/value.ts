import { addressDigits } from './address.ts';
import { isComparable } from './number.ts';
import type { Scalar, Term } from './term.ts';
import { wildcardMatches } from './wildcard.ts';

export const lower = (text: string): string => text.toLowerCase();

/** AWS folds case char by char, which breaks every character outside the basic plane into two question marks. */
export const foldable = (text: string): string => lower(text).replace(/[\ud800-\udfff]/g, '?');

const inRange = (term: Extract<Term, { kind: 'numeric' }>, n: number): boolean =>
  isComparable(n) && (term.openLow ? n > term.low : n >= term.low) && (term.openHigh ? n < term.high : n <= term.high);

const affix = ({ kind, text, ignoreCase }: Extract<Term, { kind: 'prefix' | 'suffix' }>, value: string): boolean => {
  const [whole, part] = ignoreCase ? [lower(value), foldable(text)] : [value, text];
  return kind === 'prefix' ? whole.startsWith(part) : whole.endsWith(part);
};

/**
 * AWS walks the digits of `text` along the block's bounds and stops as soon as they part. So a number's own digits, or an
 * IPv6 address under an IPv4 block, can lie inside; it does, so we do.
 */
const liesWithin = (low: string, high: string, text: string): boolean => {
  let onLow = true;
  let onHigh = true;
  for (let i = 0; i < low.length; i += 1) {
    const digit = text.charAt(i);
    if (!/^[0-9A-F]$/.test(digit)) return false;
    const floor = low.charAt(i);
    const ceiling = high.charAt(i);
    if ((onLow && digit < floor) || (onHigh && digit > ceiling)) return false;
    onLow &&= digit === floor;
    onHigh &&= digit === ceiling;
    if (!onLow && !onHigh) return true;
  }
  return true;
};

const inBlock = (low: string, high: string, value: Scalar): boolean => {
  if (typeof value === 'number') return liesWithin(low, high, String(value));
  const digits = typeof value === 'string' ? addressDigits(value) : undefined;
  return digits !== undefined && liesWithin(low, high, digits);
};

const textMatches = (term: Term, value: string): boolean => {
  switch (term.kind) {
    case 'prefix':
    case 'suffix':
      return affix(term, value);
    case 'equals-ignore-case':
      return lower(value) === foldable(term.text);
    case 'wildcard':
      return wildcardMatches(term.tokens, value);
    default:
      return false;
  }
};

/** Whether one value of the event satisfies one term of the pattern. */
export const valueMatches = (term: Term, value: Scalar): boolean => {
  switch (term.kind) {
    case 'exists':
      return true;
    case 'absent':
      return false;
    case 'exact':
      return value === term.value;
    case 'numeric':
      return typeof value === 'number' && inRange(term, value);
    case 'cidr':
      return inBlock(term.low, term.high, value);
    case 'none-of':
      return !term.terms.some((other) => valueMatches(other, value));
    default:
      return typeof value === 'string' && textMatches(term, value);
  }
};
