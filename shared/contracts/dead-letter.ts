import * as z from 'zod';
import { Page } from './endpoint.ts';
import { Envelope } from './event.ts';
import { Restricted } from './restricted.ts';
import { Role } from './vocabulary.ts';

/** `open` until a person sends it again or says that it is not needed. */
export const DeadLetterState = z.enum(['open', 'redriven', 'discarded']);

/** Who closed a letter, and why. `sentAs` is the bus's id of the new delivery, `mended` the SHA-256 of the canonical JSON that went in place of the body. */
export const LetterEnd = z.object({
  by: z.string(),
  role: Role,
  at: z.iso.datetime(),
  reason: z.string(),
  sentAs: z.string().optional(),
  mended: z.string().optional(),
});
export type LetterEnd = z.infer<typeof LetterEnd>;

/**
 * An event that could not be taken in. `busId` is the bus's id of that delivery and the letter's own, followed by the event's place where
 * its message carries several (shared/domain/part.ts); `at` is when it was refused, `sentAt` the bus's time; `reason` names the place, and
 * `path` that alone. `bytes` is the length of what came, as JSON in UTF-8; `body` is the beginning of it in a list and all of it alone,
 * unless `cut` says that it was too large to keep.
 */
export const DeadLetter = z.object({
  busId: z.string(),
  at: z.iso.datetime(),
  sentAt: z.string(),
  source: z.string(),
  detailType: z.string(),
  reason: z.string(),
  path: z.string().optional(),
  bytes: z.int(),
  cut: z.boolean().optional(),
  body: z.string().optional(),
  /** Where it holds restricted data: its body is sealed, and only names the token. */
  restricted: Restricted.optional(),
  state: DeadLetterState,
  end: LetterEnd.optional(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/** `reason`: a part of it, in any case. `from` ≤ the time of the refusal < `to`. */
export const DeadLetterQuery = Page.extend({
  source: z.string().max(256).optional(),
  reason: z.string().max(200).optional(),
  state: DeadLetterState.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

const Reason = z.string().min(3).max(500);

/** Why a letter is sent again; where it has to be mended, `body` is the whole event as it should have come. */
export const RedriveRequest = z.object({ reason: Reason, body: Envelope.optional() });
export const DiscardRequest = z.object({ reason: Reason });

/** The answer to both: the letter as it is now closed. */
export const LetterClosed = z.object({ busId: z.string(), source: z.string(), state: DeadLetterState, end: LetterEnd });
export type LetterClosed = z.infer<typeof LetterClosed>;
