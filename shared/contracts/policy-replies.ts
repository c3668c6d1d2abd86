import * as z from 'zod';
import { pageOf } from './endpoint.ts';
import { JournalEntry } from './journal.ts';
import { GuardrailDecision } from './policy.ts';
import { PolicyBinding } from './policy-requests.ts';

/** What is told of the guardrails and of the journal. */

/** Newest first. */
export const JournalPage = pageOf(JournalEntry);

/** What would be decided, on which facts; nothing was done. */
export const PolicyChecked = GuardrailDecision.extend({
  workflow: z.string(),
  action: z.string(),
  step: z.string().optional(),
  incidentId: z.string().optional(),
});

export const PolicyBindings = z.object({ items: z.array(PolicyBinding) });
