import * as z from 'zod';
import { Role } from './vocabulary.ts';

/** What takes two persons waits this long for the second. */
export const ASK_MS = 15 * 60 * 1000;

/** The second person's word. */
export const AskAnswer = z.object({ answer: z.enum(['yes', 'no']), reason: z.string().min(3).max(500) });
export type AskAnswer = z.infer<typeof AskAnswer>;

const Answered = AskAnswer.extend({ by: z.string(), role: Role, at: z.iso.datetime() });

/** What the operation answered when it was performed. */
const Outcome = z.object({ status: z.int(), body: z.unknown() });

/**
 * One person asked for an operation that takes two. It is performed once, in the name of whoever asked, when another of an allowed role says
 * yes before `expiresAt`. `body` is what was sent; times are ISO 8601 UTC.
 */
export const Ask = z.object({
  id: z.string(),
  operation: z.string(),
  params: z.record(z.string(), z.string()),
  body: z.unknown(),
  by: z.string(),
  role: Role,
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: z.enum(['open', 'granted', 'refused', 'expired']),
  answer: Answered.optional(),
  outcome: Outcome.optional(),
});
export type Ask = z.infer<typeof Ask>;

export const AskList = z.object({ items: z.array(Ask) });
/** What is answered to whoever asks first (202), and to the second. */
export const Asked = z.object({ ask: Ask });
export type Asked = z.infer<typeof Asked>;
