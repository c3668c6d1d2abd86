import type { Token } from './wildcard.ts';

/**
 * EventBridge refuses a field for which one value could stand inside many wildcards at once. Its measure counts states of
 * event-ruler's byte machine and is not published as a number; five wildcards at once agrees with every verdict of the
 * service known to us (six `*` in one pattern and four `*x*y` in one field are refused, two of the latter are not).
 */
const LIMIT = 5;
/** Enough for every pattern a person would write; beyond it the walk itself would be the expense. */
const STATES_WALKED = 2_000;

interface Place {
  readonly pattern: number;
  readonly at: number;
}

const quoted = (tokens: readonly Token[]): Token[] => ['"', ...tokens, '"'];

const step = (patterns: readonly Token[][], places: readonly Place[], char: string | undefined): Place[] => {
  const next = new Map<string, Place>();
  const add = (pattern: number, at: number) => next.set(`${pattern}:${at}`, { pattern, at });
  for (const { pattern, at } of places) {
    const tokens = patterns[pattern] ?? [];
    if (at > 0 && tokens[at - 1] === null) add(pattern, at);
    const token = tokens[at];
    if (token === null) {
      add(pattern, at + 1);
      if (tokens[at + 1] === char && char !== undefined) add(pattern, at + 2);
    } else if (token !== undefined && token === char) add(pattern, at + 1);
  }
  return [...next.values()];
};

const insideWildcards = (patterns: readonly Token[][], places: readonly Place[]): number =>
  places.filter(({ pattern, at }) => at > 0 && patterns[pattern]?.[at - 1] === null).length;

export const tooComplex = (wildcards: readonly (readonly Token[])[]): boolean => {
  if (wildcards.length === 0) return false;
  const patterns = wildcards.map(quoted);
  const alphabet = [undefined, ...new Set(patterns.flat().filter((token) => token !== null))];
  const seen = new Set<string>();
  const pending: Place[][] = [patterns.map((_, pattern) => ({ pattern, at: 0 }))];
  for (let places = pending.pop(); places && seen.size < STATES_WALKED; places = pending.pop()) {
    for (const char of alphabet) {
      const next = step(patterns, places, char);
      if (insideWildcards(patterns, next) > LIMIT) return true;
      const key = next
        .map(({ pattern, at }) => `${pattern}:${at}`)
        .sort()
        .join();
      if (next.length > 0 && !seen.has(key)) {
        seen.add(key);
        pending.push(next);
      }
    }
  }
  return false;
};
