import type { Fact, GuardrailDecision } from '../../shared/contracts/policy.ts';
import { canonical } from '../../shared/lambda/ids.ts';
import type { PolicyEngine } from '../../shared/policy/index.ts';

/**
 * The policy engine for one run, whose facts are read once: what is asked again while the same facts are live is decided the same, so the
 * hundredth round of a pursuit costs what the second does.
 */
export const remembered = ({ clauses, decide }: PolicyEngine, facts: readonly Fact[]): PolicyEngine => {
  const ends = facts.map(({ expiresAt }) => Date.parse(expiresAt));
  const decisions = new Map<string, GuardrailDecision>();
  return {
    clauses,
    decide: (request) => {
      const { facts: _, now, ...question } = request;
      // Facts only run out, so how many are left says which.
      const key = canonical([ends.filter((end) => end > now).length, question]);
      const known = decisions.get(key) ?? decide(request);
      decisions.set(key, known);
      return known;
    },
  };
};
