import { type Context, valuesOf } from './context.ts';

/** A pattern of IAM: `*` any run of characters, `?` one, `${aws:PrincipalArn}` a value of the request. */
export type Matcher = (value: string, context?: Context) => boolean;

const VARIABLE = /\$\{([^}]*)\}/;

const expression = (pattern: string): string =>
  pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');

const fixed = (pattern: string, ignoreCase: boolean): Matcher => {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern)) {
    const exact = ignoreCase ? pattern.toLowerCase() : pattern;
    return (value) => (ignoreCase ? value.toLowerCase() : value) === exact;
  }
  const regex = new RegExp(`^${expression(pattern)}$`, ignoreCase ? 'si' : 's');
  return (value) => regex.test(value);
};

/** What stands for a variable in a regular expression: `${*}`, `${?}` and `${$}` are the characters themselves; undefined where the request has no value. */
const filled = (inside: string, context: Context): string | undefined => {
  if (inside === '*' || inside === '?' || inside === '$') return `\\${inside}`;
  const [, key = '', fallback] = /^([^,]+?)\s*(?:,\s*'(.*)')?$/.exec(inside) ?? [];
  const value = valuesOf(context[key.toLowerCase()])[0] ?? fallback;
  return value?.replace(/[.+^${}()|[\]\\*?]/g, '\\$&');
};

const withVariables =
  (pattern: string, ignoreCase: boolean): Matcher =>
  (value, context = {}) => {
    const parts = pattern
      .split(new RegExp(VARIABLE, 'g'))
      .map((part, index) => (index % 2 === 0 ? expression(part) : filled(part, context)));
    return parts.every((part) => part !== undefined) && new RegExp(`^${parts.join('')}$`, ignoreCase ? 'si' : 's').test(value);
  };

/** The condition keys a pattern's variables read, in lower case. */
export const variablesIn = (pattern: string): string[] =>
  Array.from(pattern.matchAll(new RegExp(VARIABLE, 'g')), ([, inside = '']) => inside.split(',')[0]?.trim().toLowerCase() ?? '').filter(
    (key) => key.includes(':'),
  );

export const wildcard = (pattern: string, { ignoreCase = false } = {}): Matcher =>
  VARIABLE.test(pattern) ? withVariables(pattern, ignoreCase) : fixed(pattern, ignoreCase);

/** As StringEquals: characters as they are, but variables are filled in. */
export const literal = (pattern: string, { ignoreCase = false } = {}): Matcher => {
  if (VARIABLE.test(pattern))
    return withVariables(
      pattern.replaceAll(/[*?](?![^{]*\})/g, (character) => `\${${character}}`),
      ignoreCase,
    );
  const exact = ignoreCase ? pattern.toLowerCase() : pattern;
  return (value) => (ignoreCase ? value.toLowerCase() : value) === exact;
};

/** The six parts of an ARN; a variable's colons split nothing. */
const arnParts = (arn: string): string[] => {
  const parts = arn.match(/(?:\$\{[^}]*\}|[^:])*(?::|$)/g)?.map((part) => part.replace(/:$/, '')) ?? [];
  if (!arn.endsWith(':')) parts.pop();
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/** As ArnLike: the six parts of an ARN are matched one by one, so that `*` does not run over a colon but in the last. */
export const arnWildcard = (pattern: string): Matcher => {
  // A variable may be a whole ARN, and then there are no parts to speak of.
  if (/^\$\{[^}]*\}$/.test(pattern)) return wildcard(pattern);
  const matchers = arnParts(pattern).map((part) => wildcard(part));
  return (arn, context) => {
    const parts = arnParts(arn);
    return parts.length === matchers.length && matchers.every((matches, index) => matches(parts[index] ?? '', context));
  };
};
