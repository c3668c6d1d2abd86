import { familiesOf, matterOf, near, uncontradicted, within } from '../compare.ts';
import type { Attempt, Finding } from '../finding.ts';
import type { Observation } from '../observation.ts';
import type { FusionRule } from '../rule.ts';

/** Whether a rule speaks of both at all. */
export const speaksOf = ({ notCategories = [], notFamilies = [] }: FusionRule, a: Observation, b: Observation): Finding => {
  const out = [a, b].find(({ category, family }) => notCategories.includes(category) || notFamilies.includes(family));
  const says = () => (out ? `${out.type} (${out.category}) is not joined by where or when it was` : 'both tell of a happening');
  return { condition: 'kind', holds: out === undefined, says };
};

const ofOneMatter = (rule: FusionRule, a: Observation, b: Observation): Finding => {
  const matter = matterOf(rule, a.family, b.family);
  const says = () => `${familiesOf(a, b).join(' and ')} ${matter ? 'can be' : 'are not'} one happening`;
  return {
    condition: 'kind',
    holds: matter !== undefined,
    says,
    values: { family: [...new Set(familiesOf(a, b))].join(' ') },
  };
};

/** The same matter, near in place and time. */
export const byPlace = (rule: FusionRule, a: Observation, b: Observation): readonly Attempt[] => {
  const matter = matterOf(rule, a.family, b.family);
  const { distance = { baseM: 0, limitM: 0, vagueM: 0 }, against = [] } = rule;
  return [
    [
      () => ofOneMatter(rule, a, b),
      () => speaksOf(rule, a, b),
      () => within(a, b, matter?.windowMs ?? rule.windowMs),
      () => near(a, b, { ...distance, baseM: matter?.baseM ?? distance.baseM }),
      () => uncontradicted(a, b, matter?.public ? [] : against),
    ],
  ];
};
