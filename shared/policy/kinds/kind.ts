import type { Source } from '../../contracts/vocabulary.ts';

/** What a fact may be about: the beginning of its subject. */
export type About = 'city' | 'incident' | 'resource' | 'workflow' | 'person';

/**
 * Which of several live facts of a kind count. one: it allows, and one that fits is enough. every: it forbids, and each counts.
 * latest: it says how something stands now, and only the newest word counts.
 */
type Counts = 'one' | 'every' | 'latest';

export interface FactKind {
  /** Whose `fact.asserted` events may write it. An AI source stands in none of these lists but moral_compass, for its own verdict. */
  readonly asserts: readonly Source[];
  /** Whose ordinary events attest it, as derived.ts says. */
  readonly derives: readonly Source[];
  /** What its value must hold. */
  readonly requires: readonly string[];
  readonly about: readonly About[];
  readonly counts: Counts;
}

type Given = Pick<FactKind, 'asserts'> & Partial<FactKind>;

/** About an incident, and allowing, unless it says otherwise. */
export const kind = (given: Given): FactKind => ({ derives: [], requires: [], about: ['incident'], counts: 'one', ...given });
