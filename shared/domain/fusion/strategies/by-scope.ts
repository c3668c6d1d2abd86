import type { Attempt } from '../finding.ts';
import type { Observation } from '../observation.ts';
import type { FusionRule } from '../rule.ts';
import { byEntity } from './by-entity.ts';
import { speaksOf } from './by-place.ts';

/** A named scope that both share, within its seconds. */
export const byScope = (rule: FusionRule, a: Observation, b: Observation): readonly Attempt[] =>
  byEntity(rule, a, b).map((attempt) => [...attempt, () => speaksOf(rule, a, b)]);
