import type { Attempt, Finding } from '../finding.ts';
import type { Observation } from '../observation.ts';
import type { FusionRule } from '../rule.ts';
import { byPlace } from './by-place.ts';

const grave = (atLeast: number, a: Observation, b: Observation): Finding => {
  const [low, high] = [a.threatLevel, b.threatLevel].sort((one, other) => one - other) as [number, number];
  return {
    condition: 'threat',
    holds: low >= atLeast,
    says: () => `threat ${low} and ${high}, both at least ${atLeast} are wanted`,
    values: { threat: low },
  };
};

/** Two grave dangers of the kinds that violence takes, near in place and time. */
export const byThreat = (rule: FusionRule, a: Observation, b: Observation): readonly Attempt[] =>
  byPlace(rule, a, b).map((attempt) => [() => grave(rule.threatAtLeast ?? 1, a, b), ...attempt]);
