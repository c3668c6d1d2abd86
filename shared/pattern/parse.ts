import { refuse } from './invalid-pattern.ts';
import { parseTerm } from './parse-term.ts';
import type { Term } from './term.ts';
import { checkComplexity, type Token } from './wildcard.ts';

/** What a pattern asks about one dotted path: the alternatives, and as its author wrote them. */
export interface Asked {
  readonly terms: readonly Term[];
  readonly wanted: readonly unknown[];
}

/** What one branch of the pattern asks of each path. All must hold. */
export type Branch = ReadonlyMap<string, Asked>;

/** Names event-ruler keeps for itself inside `$or`. */
const RESERVED = new Set(
  [
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr html = < <= > >= regex not-wildcard',
    'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range ip-address-not-in-range',
  ].flatMap((words) => words.split(' ')),
);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const wildcardsOf = (terms: readonly Term[]): (readonly Token[])[] =>
  terms.flatMap((term) => (term.kind === 'wildcard' ? [term.tokens] : term.kind === 'none-of' ? wildcardsOf(term.terms) : []));

const field = (branches: Branch[], path: string, values: readonly unknown[]): Branch[] => {
  const terms = values.map(parseTerm);
  if (terms.length === 0) refuse('Empty arrays are not allowed');
  const asked: Asked = { terms, wanted: values };
  return branches.map((branch) => new Map([...branch, [path, asked]]));
};

/** Each alternative forks every branch built so far. */
const either = (branches: Branch[], prefix: string, value: unknown): Branch[] => {
  if (!Array.isArray(value)) return refuse('It must be an Array followed with $or.');
  const forks = value.flatMap((alternative: unknown) =>
    isObject(alternative)
      ? object(branches, prefix, alternative, true)
      : refuse('Only JSON object is allowed in array of $or relationship.'),
  );
  if (value.length < 2) refuse('There must have at least 2 Objects in $or relationship.');
  return forks;
};

const object = (start: Branch[], prefix: string, value: Record<string, unknown>, insideOr: boolean): Branch[] => {
  const entries = Object.entries(value);
  if (entries.length === 0) refuse('Empty objects are not allowed');
  return entries.reduce((branches, [name, member]) => {
    if (name === '$or') return either(branches, prefix, member);
    if (insideOr && RESERVED.has(name)) refuse(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (isObject(member)) return object(branches, path, member, insideOr);
    return Array.isArray(member) ? field(branches, path, member) : refuse(`"${name}" must be an object or an array`);
  }, start);
};

/** The pattern as a list of branches, one per combination of `$or` alternatives. */
export const parsePattern = (pattern: unknown): Branch[] => {
  if (!isObject(pattern)) return refuse('Filter is not an object');
  const branches = object([new Map()], '', pattern, false);
  for (const { terms } of new Set(branches.flatMap((branch) => [...branch.values()]))) checkComplexity(wildcardsOf(terms));
  return branches;
};
