import type { FusionStrategy } from '../../shared/contracts/vocabulary.ts';
import { type FusionRule, type Observation, rules } from '../../shared/domain/fusion/index.ts';
import { holdsFor } from '../../shared/domain/fusion/judge.ts';
import { components } from '../support/components.ts';
import { labelled } from './observed.ts';
import type { Scenario } from './scenario.ts';

/** Pairs: those that truly are one incident, those that were made one, and those that are both. */
export interface Pairs {
  readonly truly: number;
  readonly made: number;
  readonly rightly: number;
}

export interface Judged {
  readonly scenario: Scenario;
  readonly pairs: Pairs;
  /** Pairs that came out otherwise than labelled, in words. */
  readonly wrong: readonly string[];
}

export type Relation = (a: Observation, b: Observation) => boolean;

export const byRules =
  (chosen: readonly FusionRule[] = rules): Relation =>
  (a, b) =>
    chosen.some((rule) => holdsFor(rule, a, b) !== undefined);

/** A scenario judged pair by pair: those of one incident, under the given relation, against the labels. */
export const judge = (scenario: Scenario, relation: Relation = byRules()): Judged => {
  const all = labelled(scenario);
  const found = components(
    all.map(({ seen }) => seen),
    relation,
  );
  const pairs = { truly: 0, made: 0, rightly: 0 };
  const wrong: string[] = [];
  all.forEach((a, n) => {
    for (const b of all.slice(n + 1)) {
      const [truly, made] = [a.truth === b.truth, found.get(a.seen.node) === found.get(b.seen.node)];
      pairs.truly += Number(truly);
      pairs.made += Number(made);
      pairs.rightly += Number(truly && made);
      if (truly !== made) wrong.push(`${a.seen.node} and ${b.seen.node} ${truly ? 'are one and stay apart' : 'are two and became one'}`);
    }
  });
  return { scenario, pairs, wrong };
};

/** Pairs that a rule by itself relates directly. */
export const direct = (scenario: Scenario, rule: FusionRule): Pick<Pairs, 'made' | 'rightly'> => {
  const all = labelled(scenario);
  const made = all.flatMap((a, n) =>
    all
      .slice(n + 1)
      .filter((b) => holdsFor(rule, a.seen, b.seen))
      .map((b) => a.truth === b.truth),
  );
  return { made: made.length, rightly: made.filter(Boolean).length };
};

const sum = (all: readonly Pairs[]): Pairs => ({
  truly: all.reduce((total, { truly }) => total + truly, 0),
  made: all.reduce((total, { made }) => total + made, 0),
  rightly: all.reduce((total, { rightly }) => total + rightly, 0),
});

/** How well a set of scenarios came out. Where nothing was made, or nothing is one, there is nothing to be wrong about. */
export const measure = (judged: readonly Judged[]): Pairs & { precision: number; recall: number; exact: number } => {
  const pairs = sum(judged.map((one) => one.pairs));
  return {
    ...pairs,
    precision: pairs.made === 0 ? 1 : pairs.rightly / pairs.made,
    recall: pairs.truly === 0 ? 1 : pairs.rightly / pairs.truly,
    exact: judged.filter(({ wrong }) => wrong.length === 0).length,
  };
};

export interface RuleMeasured {
  readonly strategy: FusionStrategy;
  /** Of the pairs that the rule itself relates, anywhere in the set. */
  readonly direct: Pick<Pairs, 'made' | 'rightly'> & { readonly precision: number };
  /** Of the scenarios that are meant to try it: their pairs, as all rules together leave them. */
  readonly tried: ReturnType<typeof measure>;
  /** Pairs of one incident that fall apart without it. */
  readonly lostWithout: number;
}

export const measureRule = (rule: FusionRule, scenarios: readonly Scenario[], judged: readonly Judged[]): RuleMeasured => {
  const related = scenarios.map((scenario) => direct(scenario, rule));
  const [made, rightly] = [related.reduce((total, one) => total + one.made, 0), related.reduce((total, one) => total + one.rightly, 0)];
  const without = byRules(rules.filter((other) => other !== rule));
  const left = measure(scenarios.map((scenario) => judge(scenario, without)));
  return {
    strategy: rule.strategy,
    direct: { made, rightly, precision: made === 0 ? 1 : rightly / made },
    tried: measure(judged.filter(({ scenario }) => scenario.tries.includes(rule.strategy))),
    lostWithout: measure(judged).rightly - left.rightly,
  };
};
