import type { CompiledPattern } from '../../../shared/pattern/index.ts';

interface Indexed {
  readonly pattern: CompiledPattern;
  /** The pattern itself, for the members of `detail` it asks about. */
  readonly patternObject: Readonly<Record<string, unknown>>;
}

interface Subject {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: object;
}

/** Adds the rules that may want an event to `found`; whoever asks still matches each. */
type Finder<T> = (event: Subject, found: T[]) => void;
type Field = { readonly path: string; readonly read: (event: Subject) => unknown };

/** A few rules are matched faster than they are looked up. */
const FEW = 3;

const TOP: readonly Field[] = [
  { path: 'source', read: ({ source }) => source },
  { path: 'detail-type', read: (event) => event['detail-type'] },
];

/** The member of `detail` that most of these rules name outright. Deeper ones could also be meant by a key with a dot in it. */
const bestOfDetail = (rules: readonly Indexed[]): Field | undefined => {
  const counts = new Map<string, number>();
  for (const { pattern, patternObject } of rules)
    for (const key of Object.keys((patternObject['detail'] ?? {}) as object))
      if (!key.includes('.') && pattern.literals(`detail.${key}`)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < 2) return undefined;
  const [key] = best;
  return { path: `detail.${key}`, read: ({ detail }) => (detail as Record<string, unknown>)[key] };
};

const scan =
  <T>(rules: readonly T[]): Finder<T> =>
  (_event, found) => {
    for (const rule of rules) found.push(rule);
  };

const build = <T extends Indexed>(rules: readonly T[], fields: readonly Field[]): Finder<T> => {
  if (rules.length <= FEW) return scan(rules);
  const [field = bestOfDetail(rules), ...others] = fields;
  if (!field) return scan(rules);
  const byValue = new Map<string, T[]>();
  const rest: T[] = [];
  for (const rule of rules) {
    const values = rule.pattern.literals(field.path);
    if (!values) rest.push(rule);
    else
      for (const value of values) {
        const known = byValue.get(value);
        if (known) known.push(rule);
        else byValue.set(value, [rule]);
      }
  }
  // The last field has nothing below it that could divide further.
  const deeper = (some: readonly T[]): Finder<T> => (fields.length === 0 ? scan(some) : build(some, others));
  const finders = new Map([...byValue].map(([value, some]) => [value, deeper(some)]));
  const unnamed = deeper(rest);
  return (event, found) => {
    const value = field.read(event);
    if (typeof value === 'string') finders.get(value)?.(event, found);
    // A list or an object may still hold the value: every rule must look.
    else if (value !== undefined) for (const rule of new Set([...byValue.values()].flat())) found.push(rule);
    unnamed(event, found);
  };
};

/** Finds the rules worth matching by the exact values they name: of the source, the detail-type and one member of the detail. */
export const indexRules = <T extends Indexed>(rules: readonly T[]): Finder<T> => build(rules, TOP);
