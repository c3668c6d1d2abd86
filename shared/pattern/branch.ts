import { join, type Membership, type Value } from './flatten.ts';
import type { Asked } from './parse.ts';
import { valueMatches } from './value.ts';

/** One path of a branch with what is asked of it. */
export interface Condition extends Asked {
  readonly path: string;
}

/** The event's values by path. */
export type Found = ReadonlyMap<string, readonly Value[]>;

/** The choices of array elements under which all conditions so far hold. Without arrays there is one, of nothing. */
export type Ways = readonly Membership[];

export const START: Ways = [[]];
const NO_WAY: Ways = [];
const NONE: readonly Value[] = [];

export const valuesAt = (found: Found, path: string): readonly Value[] => found.get(path) ?? NONE;

const fits = ({ terms }: Condition, { value }: Value): boolean => {
  for (const term of terms) if (valueMatches(term, value)) return true;
  return false;
};

const mayBeAbsent = ({ terms }: Condition): boolean => terms.some(({ kind }) => kind === 'absent');

/** Where no value lies in an array, the choices stay what they were or there are none. */
const plain = (condition: Condition, values: readonly Value[], ways: Ways): Ways => {
  for (const value of values) if (fits(condition, value)) return ways;
  return values.length === 0 && mayBeAbsent(condition) ? ways : NO_WAY;
};

/** All ways one condition extends the array elements chosen so far; an element once chosen holds for the later conditions too. */
const extend = (condition: Condition, values: readonly Value[], chosen: Membership, into: Map<string, Membership>): void => {
  let present = false;
  for (const value of values) {
    const joined = join(chosen, value.membership);
    if (!joined) continue;
    present = true;
    if (fits(condition, value)) into.set(joined.join(), joined);
  }
  if (!present && mayBeAbsent(condition)) into.set(chosen.join(), chosen);
};

/** Whether no value lies in an element of an array. */
export const allPlain = (values: readonly Value[]): boolean => {
  for (const { membership } of values) if (membership.length > 0) return false;
  return true;
};

/** The ways that are left once this condition must hold as well. */
export const narrowed = (condition: Condition, found: Found, ways: Ways): Ways => {
  const values = valuesAt(found, condition.path);
  if (allPlain(values)) return plain(condition, values, ways);
  const next = new Map<string, Membership>();
  for (const way of ways) extend(condition, values, way, next);
  return [...next.values()];
};

/** From so many ways on it is worth to thin them out. */
const MANY = 16;

/**
 * The ways without the choices in arrays that no later condition looks into: two long arrays side by side would otherwise make as
 * many ways as their lengths multiplied.
 */
export const thinned = (ways: Ways, later: readonly Condition[], found: Found): Ways => {
  if (ways.length < MANY) return ways;
  const arrays = new Set<number>();
  for (const { path } of later)
    for (const { membership } of valuesAt(found, path))
      for (let at = 0; at < membership.length; at += 2) arrays.add(membership[at] as number);
  const kept = ways.map((way) => way.filter((_, at) => arrays.has(way[at - (at % 2)] as number)));
  return [...new Map(kept.map((way) => [way.join(), way])).values()];
};

/** Whether there is one choice of array elements under which all conditions hold. They come in the order of their paths, as AWS takes them. */
export const holds = (conditions: readonly Condition[], found: Found): boolean => {
  let ways = START;
  for (let nth = 0; nth < conditions.length; nth += 1) {
    ways = narrowed(conditions[nth] as Condition, found, ways);
    if (ways.length === 0) return false;
    if (ways.length > 1) ways = thinned(ways, conditions.slice(nth + 1), found);
  }
  return true;
};
