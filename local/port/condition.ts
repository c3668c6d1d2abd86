import { type Context, valuesOf } from './context.ts';
import { OPERATORS } from './operators.ts';
import { variablesIn } from './wildcard.ts';

export type { Context } from './context.ts';

export interface Condition {
  holds(context: Context): boolean;
  /** The keys it looks at, in lower case. */
  readonly keys: readonly string[];
}

/** The keys this machine can tell anything about. Any other would silently never match. */
const KEYS = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:username',
  'aws:viaawsservice',
  'dynamodb:attributes',
  'dynamodb:enclosingoperation',
  'dynamodb:leadingkeys',
  'dynamodb:returnvalues',
  'dynamodb:select',
  'events:detail-type',
  'events:source',
  'iam:passedtoservice',
  'kms:calleraccount',
  'kms:viaservice',
  's3:if-none-match',
]);
const known = (key: string): boolean => KEYS.has(key) || key.startsWith('kms:encryptioncontext:');

const nullTest = (key: string, expected: readonly string[]): Condition => ({
  keys: [key],
  holds: (context) => expected.includes(String(valuesOf(context[key]).length === 0)),
});

/** One key under one operator, as the IAM reference words its evaluation. Throws on an operator or key not known here. */
const one = (name: string, rawKey: string, raw: unknown): Condition => {
  const key = rawKey.toLowerCase();
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const expected = (Array.isArray(raw) ? raw : [raw]).map(String);
  if (!known(key)) throw new Error(`the condition key ${rawKey} is not understood here: add it to local/port/condition.ts`);
  if (base === 'Null') return nullTest(key, expected);
  const operator = OPERATORS.get(base);
  if (!operator) throw new Error(`the condition operator ${name} is not understood here: add it to local/port/operators.ts`);
  const matchers = expected.map(operator.matcher);
  const holds = (context: Context): boolean => {
    const fits = (value: string): boolean => matchers.some((matches) => matches(value, context)) !== operator.negated;
    const values = valuesOf(context[key]);
    if (values.length === 0) return set === 'ForAllValues' || ifExists !== undefined || (operator.negated && set !== 'ForAnyValue');
    return set === 'ForAnyValue' ? values.some(fits) : values.every(fits);
  };
  return { keys: [key, ...expected.flatMap(variablesIn)], holds };
};

/** A statement's whole Condition block: every operator and every key must hold. */
export const compileCondition = (block: unknown): Condition => {
  const parts = Object.entries((block ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => one(operator, key, value)),
  );
  return { keys: parts.flatMap(({ keys }) => keys), holds: (context) => parts.every((part) => part.holds(context)) };
};
