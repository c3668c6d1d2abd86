import type { FusionStrategy } from '../../shared/contracts/vocabulary.ts';
import { relate } from '../../shared/domain/fusion/relate.ts';
import { type Labelled, labelled } from './observed.ts';
import type { Scenario } from './scenario.ts';

/** Pairs of a scenario: those that truly are one incident, those that fusion made one, and those that are both. */
export interface Pairs {
  readonly truly: number;
  readonly made: number;
  readonly rightly: number;
}

export interface Judged {
  readonly scenario: Scenario;
  readonly pairs: Pairs;
  /** Of the pairs that a rule itself related: how many, and how many of them rightly. */
  readonly byRule: Readonly<Partial<Record<FusionStrategy, { readonly made: number; readonly rightly: number }>>>;
  /** Pairs that came out otherwise than labelled, in words. */
  readonly wrong: readonly string[];
}

type Relation = typeof relate;

/** The components of the relation, by the plainest way there is: all pairs. */
const components = (all: readonly Labelled[], relation: Relation): Map<string, string> => {
  const group = new Map(all.map(({ seen }) => [seen.node, seen.node]));
  const root = (node: string): string => {
    const up = group.get(node) ?? node;
    return up === node ? node : root(up);
  };
  all.forEach((a, n) => {
    for (const b of all.slice(n + 1)) if (relation(a.seen, b.seen)) group.set(root(b.seen.node), root(a.seen.node));
  });
  return new Map([...group.keys()].map((node) => [node, root(node)]));
};

/** A scenario judged by `relation`, pair by pair. */
export const judge = (scenario: Scenario, relation: Relation = relate): Judged => {
  const all = labelled(scenario);
  const found = components(all, relation);
  const pairs = { truly: 0, made: 0, rightly: 0 };
  const byRule: Partial<Record<FusionStrategy, { made: number; rightly: number }>> = {};
  const wrong: string[] = [];
  all.forEach((a, n) => {
    for (const b of all.slice(n + 1)) {
      const [truly, made] = [a.truth === b.truth, found.get(a.seen.node) === found.get(b.seen.node)];
      if (truly) pairs.truly += 1;
      if (made) pairs.made += 1;
      if (truly && made) pairs.rightly += 1;
      const reason = relation(a.seen, b.seen);
      if (reason) {
        const counted = (byRule[reason.rule as FusionStrategy] ??= { made: 0, rightly: 0 });
        counted.made += 1;
        if (truly) counted.rightly += 1;
      }
      if (truly !== made) wrong.push(`${a.seen.node} and ${b.seen.node} ${truly ? 'are one and stay apart' : 'are two and became one'}`);
    }
  });
  return { scenario, pairs, byRule, wrong };
};
