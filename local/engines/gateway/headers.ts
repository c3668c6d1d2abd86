/** Headers or query parameters as pairs, in their order, the way they came. */
export type Pairs = readonly (readonly [string, string])[];

export interface Listed {
  /** The last value of each name, as Lambda events have it; null where there are none. */
  readonly single: Record<string, string> | null;
  readonly multiple: Record<string, string[]> | null;
}

export const listed = (pairs: Pairs): Listed => {
  if (pairs.length === 0) return { single: null, multiple: null };
  const multiple: Record<string, string[]> = {};
  for (const [name, value] of pairs) {
    const values = Object.hasOwn(multiple, name) ? multiple[name] : undefined;
    if (values) values.push(value);
    else multiple[name] = [value];
  }
  return { single: Object.fromEntries(pairs), multiple };
};

/** A header's value, whatever the case of its name. */
export const header = (pairs: Pairs, name: string): string | undefined =>
  pairs.find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];

/** A request's target as its path and what follows the question mark, taken as it came: `//` is a path too. */
export const targetOf = (target: string): { pathname: string; search: string } => {
  const at = target.indexOf('?');
  return at < 0 ? { pathname: target, search: '' } : { pathname: target.slice(0, at), search: target.slice(at) };
};

export const queryOf = (search: string): Pairs => [...new URLSearchParams(search)];

/** The pairs of node's `rawHeaders`. */
export const rawPairs = (raw: readonly string[]): Pairs =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
