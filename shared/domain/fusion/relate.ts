import type { JoinReason } from '../../contracts/incident.ts';
import { holdsFor } from './judge.ts';
import type { Observation } from './observation.ts';
import { rules } from './rules/index.ts';

/**
 * Why two events are one incident, by the first rule that holds, or undefined. Symmetric but for `with`, which names `b`; a function of the two
 * events alone, so that it does not matter in which order they came, how often, or to whom.
 */
export const relate = (a: Observation, b: Observation): JoinReason | undefined => {
  for (const rule of rules) {
    const values = holdsFor(rule, a, b);
    if (values) return { rule: rule.strategy, with: b.eventKey, values };
  }
  return undefined;
};
