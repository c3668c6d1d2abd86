import type { FactOverride } from '../../shared/contracts/fact.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import { said } from '../../shared/policy/live-facts.ts';

let last = 0;

/** That two supervisors withdrew a fact for good, unless said otherwise. */
export const withdrawn = (fact: Fact, more: Partial<FactOverride> = {}): FactOverride => {
  last += 1;
  const { subject, kind, source, eventKey } = fact;
  return {
    id: `o${last}`,
    subject,
    kind,
    source,
    eventKey,
    words: said(fact),
    action: 'withdraw',
    at: fact.recordedAt,
    reason: 'an error',
    by: 'ada',
    role: 'supervisor',
    confirmedBy: 'bea',
    confirmedRole: 'supervisor',
    ...more,
  };
};
