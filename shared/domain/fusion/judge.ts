import type { FusionStrategy } from '../../contracts/vocabulary.ts';
import type { Attempt, Finding } from './finding.ts';
import type { Observation } from './observation.ts';
import type { FusionRule } from './rule.ts';
import { byEntity } from './strategies/by-entity.ts';
import { byPlace } from './strategies/by-place.ts';
import { byScope } from './strategies/by-scope.ts';
import { byScore } from './strategies/by-score.ts';
import { byThreat } from './strategies/by-threat.ts';

type Strategy = (rule: FusionRule, a: Observation, b: Observation) => readonly Attempt[];

const STRATEGIES: Readonly<Record<FusionStrategy, Strategy>> = {
  ENTITY_ID: byEntity,
  TIMESTAMP: byScope,
  GEOLOCATION: byPlace,
  THREAT_LEVEL: byThreat,
  COMPOSITE: byScore,
};

/** The ways in which a rule might relate a pair. */
export const attempts = (rule: FusionRule, a: Observation, b: Observation): readonly Attempt[] => STRATEGIES[rule.strategy](rule, a, b);

/** What was found, up to the first condition that fails. */
const follow = (attempt: Attempt): { holds: boolean; findings: Finding[] } => {
  const findings: Finding[] = [];
  for (const ask of attempt) {
    const found = ask();
    findings.push(found);
    if (!found.holds) return { holds: false, findings };
  }
  return { holds: true, findings };
};

/** The values by which a rule relates a pair, or undefined where it does not. */
export const holdsFor = (rule: FusionRule, a: Observation, b: Observation): Record<string, string | number> | undefined => {
  for (const attempt of attempts(rule, a, b)) {
    const { holds, findings } = follow(attempt);
    if (holds) return Object.assign({}, ...findings.map(({ values }) => values));
  }
  return undefined;
};
