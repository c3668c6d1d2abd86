import type { Condition } from './branch.ts';
import { flatten, unwant, want, wantedPaths } from './flatten.ts';
import { type Entry, entryOf, type Rule } from './lookup/entry.ts';
import { createPool } from './lookup/pool.ts';
import { createTree } from './lookup/tree.ts';
import type { CompiledPattern } from './pattern.ts';

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
  const known = new Map<T, { readonly entries: readonly Entry[]; readonly conditions: readonly Condition[] }>();
  const pool = createPool();
  const tree = createTree(pool);
  const wanted = wantedPaths([]);
  let [added, asked] = [0, 0];

  const remove = (id: T): void => {
    const one = known.get(id);
    if (!one) return;
    known.delete(id);
    for (const entry of one.entries) tree.take(entry);
    for (const condition of one.conditions) {
      unwant(wanted, condition.path);
      pool.conditions.giveBack(condition);
    }
  };

  return {
    remove,
    add: (id, { branches }) => {
      remove(id);
      added += 1;
      const rule: Rule<T> = { id, nth: added, found: 0 };
      const entries = branches.map((conditions) => entryOf(rule, conditions.map(pool.conditions.shared)));
      const conditions = entries.flatMap((entry) => entry.conditions);
      known.set(id, { entries, conditions });
      for (const { path } of conditions) want(wanted, path);
      for (const entry of entries) tree.insert(entry);
    },
    matching: (event) => {
      if (known.size === 0) return [];
      asked += 1;
      const rules: Rule<T>[] = [];
      tree.visit(flatten(event, wanted), (given) => {
        const rule = given as Rule<T>;
        if (rule.found === asked) return;
        rule.found = asked;
        rules.push(rule);
      });
      if (rules.length > 1) rules.sort((left, right) => left.nth - right.nth);
      return rules.map(({ id }) => id);
    },
  };
};
