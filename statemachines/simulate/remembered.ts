import type { GuardrailDecision } from '../../shared/contracts/policy.ts';
import { canonical } from '../../shared/lambda/ids.ts';
import type { PolicyEngine } from '../../shared/policy/index.ts';

/**
 * The policy engine for one run, for which nothing is stated while it lasts: what is asked again while the same facts are live is decided
 * the same, so the hundredth round of a pursuit costs what the second does.
 */
export const remembered = ({ clauses, decide }: PolicyEngine): PolicyEngine => {
  const decisions = new Map<string, GuardrailDecision>();
  return {
    clauses,
    decide: (request) => {
      const { facts, now, ...question } = request;
      // Facts only run out, so how many are left of those about a question says which.
      const live = facts.filter(({ expiresAt }) => Date.parse(expiresAt) > now).length;
      const key = canonical([facts.length, live, question]);
      const known = decisions.get(key) ?? decide(request);
      decisions.set(key, known);
      return known;
    },
  };
};
