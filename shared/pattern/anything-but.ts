import { refuse } from './invalid-pattern.ts';
import { isComparable } from './number.ts';
import type { Term } from './term.ts';
import { parseWildcard } from './wildcard.ts';

const LIST_TYPE = 'Inside anything but list, start|null|boolean is not supported.';
const VALUE_TYPE = 'Value of anything-but must be an array or single string/number value.';

const exact = (value: unknown): Term => {
  if (typeof value !== 'string' && typeof value !== 'number') refuse(LIST_TYPE);
  if (typeof value === 'number' && !isComparable(value)) refuse('Value must be between -5.0E11 and 5.0E11, inclusive');
  return { kind: 'exact', value: value as string | number };
};

const exactList = (values: readonly unknown[]): Term[] => {
  const terms = values.map(exact);
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size !== 1) refuse('Inside anything but list, either all values are number or string, mixed type is not supported');
  return terms;
};

const affix =
  (kind: 'prefix' | 'suffix') =>
  (value: unknown): Term => {
    if (typeof value !== 'string') return refuse('prefix/suffix match pattern must be a string');
    if (value === '') refuse('Null prefix/suffix not allowed');
    return { kind, text: value, ignoreCase: false };
  };

const INNER: Readonly<Record<string, (value: unknown) => Term>> = {
  prefix: affix('prefix'),
  suffix: affix('suffix'),
  'equals-ignore-case': (value) =>
    typeof value === 'string'
      ? { kind: 'equals-ignore-case', text: value }
      : refuse('Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.'),
  wildcard: (value) =>
    typeof value === 'string' ? { kind: 'wildcard', tokens: parseWildcard(value) } : refuse('wildcard match pattern must be a string'),
};

const inner = (value: object): Term[] => {
  const entries = Object.entries(value);
  const [operator, operand] = entries[0] ?? refuse('Anything-But expression name not found');
  const parse = Object.hasOwn(INNER, operator) ? INNER[operator] : undefined;
  if (!parse) return refuse(`Unsupported anything-but pattern: ${operator}`);
  if (!Array.isArray(operand) && typeof operand !== 'string' && typeof operand !== 'number') refuse(VALUE_TYPE);
  const terms = (Array.isArray(operand) ? operand : [operand]).map(parse);
  if (entries.length > 1) refuse('Too many elements in numeric expression');
  return terms;
};

/** `anything-but`: a value or a list of one type, or the same over prefix, suffix, equals-ignore-case or wildcard. */
export const anythingBut = (value: unknown): Term => {
  if (Array.isArray(value)) return { kind: 'none-of', terms: exactList(value) };
  if (typeof value === 'object' && value !== null) return { kind: 'none-of', terms: inner(value) };
  if (typeof value !== 'string' && typeof value !== 'number') refuse(VALUE_TYPE);
  return { kind: 'none-of', terms: [exact(value)] };
};
