import type { GuardrailDecision } from '../contracts/policy.ts';
import { type InQuestion, type JudgeDeps, judge } from './judge.ts';
import type { SituationDeps } from './situation.ts';

/** A decision, and the units without whose own facts it would be graver: it is good for no others. */
export interface Judged {
  decision: GuardrailDecision;
  only?: readonly string[];
}

const GRAVITY = ['permit', 'record', 'alert', 'ask', 'refuse'] as const;
const isGraver = (a: GuardrailDecision, b: GuardrailDecision): boolean => GRAVITY.indexOf(a.verdict) > GRAVITY.indexOf(b.verdict);

/**
 * What the city's and the incident's facts do not allow, a fact about the unit itself may: one airframe's approval. `units` names those that
 * would be sent; it is called only where that could matter.
 */
export const judgeWithUnits =
  (deps: JudgeDeps & Pick<SituationDeps, 'facts'>) =>
  async (question: InQuestion, units: () => Promise<readonly string[]>): Promise<Judged> => {
    const decision = judge(deps)(question);
    if (decision.verdict !== 'refuse' && decision.verdict !== 'ask') return { decision };
    const only = await units();
    const about = only.length > 0 ? await deps.facts.about(only.map((id) => `resource/${id}`)) : [];
    if (about.length === 0) return { decision };
    const { situation } = question;
    const again = judge(deps)({ ...question, situation: { ...situation, facts: [...situation.facts, ...about] }, resources: only });
    return isGraver(decision, again) ? { decision: again, only } : { decision };
  };
