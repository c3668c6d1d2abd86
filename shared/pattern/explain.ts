import { type Condition, type Found, narrowed, START, thinned, valuesAt, type Ways } from './branch.ts';
import { flatten, wantedPaths } from './flatten.ts';
import { type CompiledPattern, compilePattern, pathsOf } from './pattern.ts';
import type { Scalar } from './term.ts';
import { wantedInWords } from './words.ts';

/** One condition of a pattern, held against an event. */
export interface Judged {
  /** Dotted, without array positions. */
  readonly path: string;
  /** The alternatives as the pattern writes them, and in words. */
  readonly wanted: readonly unknown[];
  readonly words: string;
  /** Every value the event has there, from all elements of its arrays. */
  readonly found: readonly Scalar[];
  readonly held: boolean;
  /** Where it would hold alone, but in no array element in which the conditions before it hold: those of them that lie in the array. */
  readonly apartFrom?: readonly string[];
}

/** One combination of `$or` alternatives. It holds where no condition failed. */
export interface Branch {
  readonly conditions: readonly Judged[];
  readonly failed: readonly Judged[];
}

export interface Explanation {
  readonly matches: boolean;
  readonly branches: readonly Branch[];
  /** Every condition that failed, once; none where the event matches. */
  readonly failed: readonly Judged[];
}

const inArray = (found: Found, path: string): boolean => valuesAt(found, path).some(({ membership }) => membership.length > 0);

const judged = (condition: Condition, found: Found, held: boolean, before: readonly Judged[]): Judged => {
  const { path, wanted } = condition;
  const one = { path, wanted, words: wantedInWords(wanted), found: valuesAt(found, path).map(({ value }) => value), held };
  if (held || narrowed(condition, found, START).length === 0) return one;
  return { ...one, apartFrom: before.flatMap((other) => (other.held && inArray(found, other.path) ? [other.path] : [])) };
};

/** A condition that fails is passed over, so that those after it are judged by themselves. */
const judgedBranch = (conditions: readonly Condition[], found: Found): Branch => {
  const all: Judged[] = [];
  let ways: Ways = START;
  for (const [nth, condition] of conditions.entries()) {
    const next = narrowed(condition, found, ways);
    all.push(judged(condition, found, next.length > 0, all));
    if (next.length > 0) ways = thinned(next, conditions.slice(nth + 1), found);
  }
  return { conditions: all, failed: all.filter(({ held }) => !held) };
};

const once = (failed: readonly Judged[]): Judged[] => [
  ...new Map(failed.map((one) => [JSON.stringify([one.path, one.wanted, one.apartFrom]), one])).values(),
];

const isCompiled = (pattern: object): pattern is CompiledPattern => 'branches' in pattern && 'matches' in pattern;

/**
 * Why an event (a JSON object) matches a pattern or does not: condition by condition, by the very judgement that matching uses.
 * Throws `InvalidPattern` where a pattern that is not compiled yet is none.
 */
export const explain = (pattern: CompiledPattern | object, event: object): Explanation => {
  const { branches } = isCompiled(pattern) && typeof pattern.matches === 'function' ? pattern : compilePattern(pattern);
  const found = flatten(event, wantedPaths(pathsOf(branches)));
  const judgements = branches.map((conditions) => judgedBranch(conditions, found));
  const matches = judgements.some(({ failed }) => failed.length === 0);
  return { matches, branches: judgements, failed: matches ? [] : once(judgements.flatMap(({ failed }) => failed)) };
};

/** As many values are told; an array may hold thousands. */
const TOLD = 5;

const foundInWords = (found: readonly Scalar[]): string => {
  if (found.length === 0) return 'is absent';
  const told = found.slice(0, TOLD).map((value) => JSON.stringify(value));
  return `is ${told.join(', ')}${found.length > TOLD ? ` and ${found.length - TOLD} more` : ''}`;
};

/** One condition as a sentence: `data.confidence is 0.6; wanted ≥ 0.7`. */
export const inWords = ({ path, words, found, apartFrom }: Judged): string => {
  const together = apartFrom === undefined ? '' : ` in the element that fits ${apartFrom.join(' and ')}`;
  return `${path} ${foundInWords(found)}; wanted ${words}${together}`;
};
