import type { FusionStrategy } from '../../contracts/vocabulary.ts';
import type { Attempt, Finding } from './finding.ts';
import { attempts } from './judge.ts';
import type { Observation } from './observation.ts';
import type { FusionRule } from './rule.ts';
import { rules } from './rules/index.ts';

/** One condition, answered: `812 m apart, limit 500 m`. */
export interface Explained {
  readonly condition: Finding['condition'];
  readonly holds: boolean;
  readonly says: string;
}

/** A rule on a pair: every condition of it, and the first that failed. */
export interface RuleExplained {
  readonly rule: string;
  readonly strategy: FusionStrategy;
  readonly holds: boolean;
  readonly conditions: readonly Explained[];
  readonly failed?: string;
}

export interface PairExplained {
  readonly related: boolean;
  readonly rules: readonly RuleExplained[];
}

const answered = (attempt: Attempt): Explained[] =>
  attempt.map((ask) => {
    const { condition, holds, says } = ask();
    return { condition, holds, says: says() };
  });

const held = (conditions: readonly Explained[]): number => {
  const first = conditions.findIndex(({ holds }) => !holds);
  return first < 0 ? conditions.length + 1 : first;
};

/** Of several ways in which a rule might hold, the one that came furthest. */
const explainRule = (rule: FusionRule, a: Observation, b: Observation): RuleExplained => {
  const [conditions = []] = attempts(rule, a, b)
    .map(answered)
    .sort((one, other) => held(other) - held(one));
  const failed = conditions.find(({ holds }) => !holds)?.says;
  return { rule: rule.name, strategy: rule.strategy, holds: failed === undefined, conditions, ...(failed === undefined ? {} : { failed }) };
};

/** Why two events are one incident or are not: every rule with what it found and what it asked for. Agrees with `relate`. */
export const explainPair = (a: Observation, b: Observation): PairExplained => {
  const explained = rules.map((rule) => explainRule(rule, a, b));
  return { related: explained.some(({ holds }) => holds), rules: explained };
};
