import { addressDigits } from './address.ts';
import { anythingBut } from './anything-but.ts';
import { cidr } from './cidr.ts';
import { refuse } from './invalid-pattern.ts';
import { numeric } from './numeric.ts';
import type { Scalar, Term } from './term.ts';
import { parseWildcard } from './wildcard.ts';

const string = (value: unknown, what: string): string =>
  typeof value === 'string' ? value : refuse(`${what} match pattern must be a string`);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const oneKey = (entries: readonly unknown[]): void => {
  if (entries.length > 1) refuse('Only one key allowed in match expression');
};

const affix = (kind: 'prefix' | 'suffix', value: unknown): Term => {
  if (!isObject(value)) return { kind, text: string(value, kind), ignoreCase: false };
  const entries = Object.entries(value);
  const [operator, text] = entries[0] ?? refuse(`${kind === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`);
  if (operator !== 'equals-ignore-case') refuse(`Unsupported ${kind} pattern: ${operator}`);
  const parsed = string(text, 'equals-ignore-case');
  oneKey(entries);
  return { kind, text: parsed, ignoreCase: true };
};

const exists = (value: unknown): Term => {
  if (typeof value !== 'boolean') refuse('exists match pattern must be either true or false.');
  return { kind: value === true ? 'exists' : 'absent' };
};

const OPERATORS: Readonly<Record<string, (value: unknown) => Term>> = {
  exactly: (value) => ({ kind: 'exact', value: string(value, 'exact') }),
  prefix: (value) => affix('prefix', value),
  suffix: (value) => affix('suffix', value),
  'equals-ignore-case': (value) => ({ kind: 'equals-ignore-case', text: string(value, 'equals-ignore-case') }),
  wildcard: (value) => ({ kind: 'wildcard', tokens: parseWildcard(string(value, 'wildcard')) }),
  numeric,
  cidr,
  exists,
  'anything-but': anythingBut,
};

const expression = (value: Record<string, unknown>): Term => {
  const entries = Object.entries(value);
  const [operator, operand] = entries[0] ?? refuse('Match expression name not found');
  const parse = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (!parse) return refuse(`Unrecognized match type ${operator}`);
  const term = parse(operand);
  // numeric and anything-but report a second key in words of their own
  if (entries.length > 1 && (operator === 'numeric' || operator === 'anything-but')) refuse('Too many elements in numeric expression');
  oneKey(entries);
  return term;
};

const literal = (value: Scalar): Term => {
  const digits = typeof value === 'string' ? addressDigits(value) : undefined;
  return digits === undefined ? { kind: 'exact', value } : { kind: 'cidr', low: digits, high: digits };
};

/** One member of a field's array. */
export const parseTerm = (value: unknown): Term => {
  if (isObject(value)) return expression(value);
  return Array.isArray(value) ? refuse('Match value must be String, number, true, false, or null') : literal(value as Scalar);
};
