/** A pattern of IAM: `*` any run of characters, `?` one. */
export type Matcher = (value: string) => boolean;

const expression = (pattern: string): string =>
  pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');

export const wildcard = (pattern: string, { ignoreCase = false } = {}): Matcher => {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern)) {
    const exact = ignoreCase ? pattern.toLowerCase() : pattern;
    return (value) => (ignoreCase ? value.toLowerCase() : value) === exact;
  }
  const regex = new RegExp(`^${expression(pattern)}$`, ignoreCase ? 'si' : 's');
  return (value) => regex.test(value);
};

/** As ArnLike: the six parts of an ARN are matched one by one, so that `*` does not run over a colon but in the last. */
export const arnWildcard = (pattern: string): Matcher => {
  const split = (arn: string): string[] => {
    const parts = arn.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  };
  const matchers = split(pattern).map((part) => wildcard(part));
  return (arn) => {
    const parts = split(arn);
    return parts.length === matchers.length && matchers.every((matches, index) => matches(parts[index] ?? ''));
  };
};
