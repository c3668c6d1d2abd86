import { arnWildcard, type Matcher, wildcard } from './wildcard.ts';

/** What is known of a request, by condition key in lower case. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Condition {
  holds(context: Context): boolean;
  /** The keys it looks at, in lower case. */
  readonly keys: readonly string[];
}

interface Operator {
  readonly matcher: (pattern: string) => Matcher;
  readonly negated: boolean;
}

const equals =
  (pattern: string): Matcher =>
  (value) =>
    value === pattern;
const ignoringCase =
  (pattern: string): Matcher =>
  (value) =>
    value.toLowerCase() === pattern.toLowerCase();

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { matcher: equals, negated: false },
  StringNotEquals: { matcher: equals, negated: true },
  StringEqualsIgnoreCase: { matcher: ignoringCase, negated: false },
  StringNotEqualsIgnoreCase: { matcher: ignoringCase, negated: true },
  StringLike: { matcher: wildcard, negated: false },
  StringNotLike: { matcher: wildcard, negated: true },
  ArnEquals: { matcher: arnWildcard, negated: false },
  ArnLike: { matcher: arnWildcard, negated: false },
  ArnNotEquals: { matcher: arnWildcard, negated: true },
  ArnNotLike: { matcher: arnWildcard, negated: true },
  Bool: { matcher: ignoringCase, negated: false },
};

/** The keys this machine can tell anything about. Any other would silently never match. */
const KEYS = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:securetransport',
  'dynamodb:leadingkeys',
  'events:source',
  'events:detail-type',
]);

const valuesOf = (value: Context[string]): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);

const nullTest = (key: string, expected: readonly string[]): Condition => ({
  keys: [key],
  holds: (context) => expected.includes(String(valuesOf(context[key]).length === 0)),
});

/** One key under one operator, as the IAM reference words its evaluation. Throws on an operator or key not known here. */
const one = (name: string, rawKey: string, raw: unknown): Condition => {
  const key = rawKey.toLowerCase();
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const expected = (Array.isArray(raw) ? raw : [raw]).map(String);
  if (!KEYS.has(key)) throw new Error(`the condition key ${rawKey} is not understood here: add it to local/port/condition.ts`);
  if (base === 'Null') return nullTest(key, expected);
  const operator = OPERATORS[base];
  if (!operator) throw new Error(`the condition operator ${name} is not understood here: add it to local/port/condition.ts`);
  const matchers = expected.map(operator.matcher);
  const fits = (value: string): boolean => matchers.some((matches) => matches(value)) !== operator.negated;
  const holds = (context: Context): boolean => {
    const values = valuesOf(context[key]);
    if (values.length === 0) return set === 'ForAllValues' || ifExists !== undefined || (operator.negated && set !== 'ForAnyValue');
    return set === 'ForAnyValue' ? values.some(fits) : values.every(fits);
  };
  return { keys: [key], holds };
};

/** A statement's whole Condition block: every operator and every key must hold. */
export const compileCondition = (block: unknown): Condition => {
  const parts = Object.entries((block ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => one(operator, key, value)),
  );
  return { keys: parts.flatMap(({ keys }) => keys), holds: (context) => parts.every((part) => part.holds(context)) };
};
