import type { Condition } from '../branch.ts';
import { type Mark, marksOf } from './marks.ts';

/** A rule as the index keeps it. Of two that match one event, the one added earlier is told first. */
export interface Rule<T = unknown> {
  readonly id: T;
  readonly nth: number;
  /** The number of the last event it was found for. */
  found: number;
}

/** One branch of a rule's pattern. */
export interface Entry {
  readonly rule: Rule;
  readonly conditions: readonly Condition[];
  /** By path; a path is missing where it cannot tell whether the branch holds. */
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
}

export const entryOf = (rule: Rule, conditions: readonly Condition[]): Entry => ({
  rule,
  conditions,
  marks: new Map(
    conditions.flatMap((condition) => {
      const marks = marksOf(condition);
      return marks ? [[condition.path, marks] as const] : [];
    }),
  ),
});
