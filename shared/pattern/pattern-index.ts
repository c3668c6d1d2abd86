import { holds } from './branch.ts';
import { flatten, unwant, want, wantedPaths } from './flatten.ts';
import { type Entry, entryOf, type Rule } from './lookup/entry.ts';
import { emptyNode, insert, take, visit } from './lookup/tree.ts';
import { type CompiledPattern, pathsOf } from './pattern.ts';

/** Many patterns, of which an event is held only against those that its own values lead to. */
export interface PatternIndex<T> {
  /** Puts a pattern under `id`, in place of the one that was there. */
  add(id: T, pattern: CompiledPattern): void;
  remove(id: T): void;
  /** The ids whose patterns the event (a JSON object) matches, each judged by its own pattern, in the order they were added. */
  matching(event: object): T[];
}

/**
 * The event is flattened once. Its values lead through a tree (lookup/tree.ts) to the branches that may hold, so the cost follows
 * what may match and hardly how many patterns there are.
 */
export const createPatternIndex = <T>(): PatternIndex<T> => {
  const known = new Map<T, { readonly entries: Entry<T>[]; readonly paths: readonly string[] }>();
  const wanted = wantedPaths([]);
  const root = emptyNode();
  let [added, asked] = [0, 0];

  const remove = (id: T): void => {
    const one = known.get(id);
    if (!one) return;
    known.delete(id);
    for (const entry of one.entries) take(root, entry, 1);
    for (const path of one.paths) unwant(wanted, path);
  };

  return {
    remove,
    add: (id, { branches }) => {
      remove(id);
      added += 1;
      const rule: Rule<T> = { id, nth: added, found: 0 };
      const entries = branches.map((conditions) => entryOf(rule, conditions));
      const paths = pathsOf(branches);
      known.set(id, { entries, paths });
      for (const path of paths) want(wanted, path);
      for (const entry of entries) insert({ node: root, used: [], copies: 1 }, entry);
    },
    matching: (event) => {
      if (known.size === 0) return [];
      asked += 1;
      const found = flatten(event, wanted);
      const rules: Rule<T>[] = [];
      visit(root, found, (given) => {
        const entry = given as Entry<T>;
        if (entry.seen === asked) return;
        entry.seen = asked;
        if (entry.rule.found === asked || !holds(entry.conditions, found)) return;
        entry.rule.found = asked;
        rules.push(entry.rule);
      });
      if (rules.length > 1) rules.sort((left, right) => left.nth - right.nth);
      return rules.map(({ id }) => id);
    },
  };
};
