import type { JoinReason } from '../../contracts/incident.ts';
import { holdsFor } from './judge.ts';
import { apartMs, type Observation } from './observation.ts';
import { rules } from './rules/index.ts';

/** Each rule with the longest of its windows. */
const longest = rules.map((rule) => ({
  rule,
  windowMs: Math.max(rule.windowMs, ...(rule.matters ?? []).map(({ windowMs = 0 }) => windowMs)),
}));

/**
 * Why two events are one incident, by the first rule that holds, or undefined. Symmetric but for `with`, which names `b`; a function of the two
 * events alone, so that it does not matter in which order they came, how often, or to whom.
 */
export const relate = (a: Observation, b: Observation): JoinReason | undefined => {
  const apart = apartMs(a, b);
  for (const { rule, windowMs } of longest) {
    // Most pairs are told apart by time alone.
    const values = apart <= windowMs ? holdsFor(rule, a, b) : undefined;
    if (values) return { rule: rule.strategy, with: b.eventKey, values };
  }
  return undefined;
};
