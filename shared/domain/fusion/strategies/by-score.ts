import { contradiction, distanceBetween, familiesOf, kinship, near, within } from '../compare.ts';
import type { Attempt, Finding } from '../finding.ts';
import { apartMs, kindOf, type Observation } from '../observation.ts';
import type { FusionRule, Weights } from '../rule.ts';
import { speaksOf } from './by-place.ts';

/** 1 where both name one of these things, −1 where both name one and not the same, 0 where they do not. */
const named = (a: Observation, b: Observation, { agree = [], against = [] }: FusionRule): number => {
  if (contradiction(a, b, against)) return -1;
  return a.entities.some((entity) => agree.includes(kindOf(entity)) && b.entities.includes(entity)) ? 1 : 0;
};

/** 1 where the places meet within both errors, falling to 0 over the rule's own metres beyond them. */
const closeness = (a: Observation, b: Observation, distance: NonNullable<FusionRule['distance']>): number => {
  const found = distanceBetween(a, b, distance);
  if ('not' in found) return 0;
  const beyond = found.distanceM - ((a.radiusM ?? 0) + (b.radiusM ?? 0));
  return Math.min(1, Math.max(0, 1 - beyond / distance.baseM));
};

/** Each part between 0 and 1 (what is named: from −1), before it is weighed. */
const partsOf = (rule: FusionRule, a: Observation, b: Observation): Weights => {
  const { windowMs, distance } = rule;
  return {
    time: Math.max(0, 1 - apartMs(a, b) / windowMs),
    distance: distance ? closeness(a, b, distance) : 0,
    entity: named(a, b, rule),
    threat: 1 - Math.abs(a.threatLevel - b.threatLevel),
    category: kinship(a.family, b.family),
  };
};

const PARTS = ['time', 'distance', 'entity', 'threat', 'category'] as const;
const two = (value: number): number => Number(value.toFixed(2));

const weighed = (rule: FusionRule, a: Observation, b: Observation): Finding => {
  const parts = partsOf(rule, a, b);
  const { weights, threshold = 1 } = rule;
  const score = PARTS.reduce((sum, part) => sum + (weights?.[part] ?? 0) * parts[part], 0);
  const says = () => `score ${two(score)} of ${threshold} (${PARTS.map((part) => `${part} ${two(parts[part])}`).join(', ')})`;
  return { condition: 'score', holds: score >= threshold, says, values: { score: two(score), threshold } };
};

const akin = ({ notAlike = [] }: FusionRule, a: Observation, b: Observation): Finding => {
  const holds = kinship(a.family, b.family) > 0 && !(a.family === b.family && notAlike.includes(a.family));
  const says = () => `${familiesOf(a, b).join(' and ')} ${holds ? 'can be' : 'are not'} one happening by weight`;
  return { condition: 'kind', holds, says };
};

/** Everything at once, weighed. */
export const byScore = (rule: FusionRule, a: Observation, b: Observation): readonly Attempt[] => [
  [
    () => akin(rule, a, b),
    () => speaksOf(rule, a, b),
    () => within(a, b, rule.windowMs),
    () => near(a, b, rule.distance ?? { baseM: 0, limitM: 0, vagueM: 0 }),
    () => weighed(rule, a, b),
  ],
];
