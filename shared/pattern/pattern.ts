import { flatten, join, type Membership, type Value, wantedPaths } from './flatten.ts';
import { type Branch, parsePattern } from './parse.ts';
import type { Term } from './term.ts';
import { valueMatches } from './value.ts';

export { InvalidPattern } from './invalid-pattern.ts';

export interface CompiledPattern {
  /** Whether an event (a JSON object) matches. */
  matches(event: object): boolean;
  /** The strings a top-level field must be one of, where the pattern lists only exact strings for it: for an index over many patterns. */
  literals(field: string): readonly string[] | undefined;
}

interface Field {
  readonly path: string;
  readonly terms: readonly Term[];
}

const NONE: readonly Value[] = [];

/** All ways one field extends the array elements chosen so far; an element once chosen holds for the later fields too. */
const extend = (field: Field, values: readonly Value[], chosen: Membership): Membership[] => {
  const ways = new Map<string, Membership>();
  let present = false;
  for (const { value, membership } of values) {
    const joined = join(chosen, membership);
    if (!joined) continue;
    present = true;
    if (field.terms.some((term) => valueMatches(term, value))) ways.set(joined.join(), joined);
  }
  if (!present && field.terms.some((term) => term.kind === 'absent')) ways.set(chosen.join(), chosen);
  return [...ways.values()];
};

const branchMatches = (fields: readonly Field[], found: ReadonlyMap<string, Value[]>): boolean => {
  let ways: Membership[] = [[]];
  for (const field of fields) {
    const values = found.get(field.path) ?? NONE;
    const next = new Map<string, Membership>();
    for (const way of ways) for (const longer of extend(field, values, way)) next.set(longer.join(), longer);
    if (next.size === 0) return false;
    ways = [...next.values()];
  }
  return true;
};

const fieldsOf = (branch: Branch): Field[] =>
  [...branch].sort(([left], [right]) => (left < right ? -1 : 1)).map(([path, terms]) => ({ path, terms }));

const literalsOf = (branches: readonly Branch[], path: string): readonly string[] | undefined => {
  const values: (Term | undefined)[] = branches.flatMap((branch): readonly (Term | undefined)[] => branch.get(path) ?? [undefined]);
  const texts = values.flatMap((term) => (term?.kind === 'exact' && typeof term.value === 'string' ? [term.value] : []));
  return texts.length === values.length ? [...new Set(texts)] : undefined;
};

/**
 * An EventBridge event pattern, judged as event-ruler and the service judge it. Throws `InvalidPattern` with AWS's reason.
 * Semantics: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const compilePattern = (pattern: object): CompiledPattern => {
  const branches = parsePattern(pattern);
  const rules = branches.map(fieldsOf);
  const wanted = wantedPaths(branches.flatMap((branch) => [...branch.keys()]));
  return {
    matches: (event) => {
      const found = flatten(event, wanted);
      return rules.some((fields) => branchMatches(fields, found));
    },
    literals: (field) => literalsOf(branches, field),
  };
};
