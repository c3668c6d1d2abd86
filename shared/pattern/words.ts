const quoted = (value: unknown): string => JSON.stringify(value);
const listed = (values: unknown): string => [values].flat().map(quoted).join(' or ');

const COMPARED: Readonly<Record<string, string>> = { '=': '', '<': '< ', '<=': '≤ ', '>': '> ', '>=': '≥ ' };

const range = (terms: readonly unknown[]): string =>
  terms.flatMap((term, nth) => (nth % 2 === 0 ? [`${COMPARED[String(term)] ?? term}${terms[nth + 1]}`] : [])).join(' and ');

/** `{ 'equals-ignore-case': text }` in place of the text, as prefix and suffix may say it. */
const inAnyCase = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? `${listed(Object.values(value))} in any case` : listed(value);

const WORDS: Readonly<Record<string, (operand: unknown) => string>> = {
  exactly: quoted,
  prefix: (text) => `what begins with ${inAnyCase(text)}`,
  suffix: (text) => `what ends with ${inAnyCase(text)}`,
  'equals-ignore-case': (text) => `${listed(text)} in any case`,
  wildcard: (text) => `what looks like ${listed(text)}`,
  numeric: (terms) => range(terms as unknown[]),
  cidr: (block) => `an address in ${block}`,
  exists: (there) => (there === true ? 'any value' : 'no value'),
  'anything-but': (not) => `anything but ${operation(not)}`,
};

const operation = (value: unknown): string => {
  const [operator, operand] = typeof value === 'object' && value !== null && !Array.isArray(value) ? (Object.entries(value)[0] ?? []) : [];
  return operator === undefined ? listed(value) : (WORDS[operator]?.(operand) ?? quoted(value));
};

/** The alternatives of a pattern's field, as a person would say them: `≥ 0.7`, `"a" or what begins with "b"`. */
export const wantedInWords = (wanted: readonly unknown[]): string => wanted.map(operation).join(' or ');
