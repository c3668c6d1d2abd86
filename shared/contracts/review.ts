import * as z from 'zod';
import { spanOfWeek } from '../audit/week.ts';
import { Breach } from './checkpoint.ts';

/** A week (ISO 8601, Monday to Sunday, UTC). */
export const Week = z
  .string()
  .regex(/^2\d{3}-W\d{2}$/, 'a week, as 2026-W48')
  .refine((week) => spanOfWeek(week) !== undefined, 'a week that its year has');

const Count = z.int().min(0);
const Counts = z.record(z.string(), Count);
const Act = z.object({ at: z.iso.datetime(), stream: z.string(), seq: z.int(), by: z.string() });

/** What somebody did with more than everybody's rights; `outcome` as the call ended. */
export const PrivilegedAct = Act.extend({ what: z.string(), object: z.record(z.string(), z.string()), outcome: z.string() });
export type PrivilegedAct = z.infer<typeof PrivilegedAct>;

/** Who may do what was changed: `about` is whom it changed. */
export const PermissionChange = Act.extend({ what: z.string(), about: z.string() });
export type PermissionChange = z.infer<typeof PermissionChange>;

/** A step that went out as a declared life-safety override. `review` is there where a person gave their word within 24 hours. */
export const Override = z.object({
  at: z.iso.datetime(),
  executionId: z.string(),
  step: z.string(),
  approvalId: z.string(),
  review: z.object({ at: z.iso.datetime(), by: z.string(), answer: z.string(), reason: z.string() }).optional(),
});
export type Override = z.infer<typeof Override>;

/** What two persons said of a fact: `what` is done to it, `subject`, `factKind` and `eventKey` name it. */
export const FactWord = Act.extend({
  what: z.string(),
  confirmedBy: z.string(),
  subject: z.string(),
  factKind: z.string(),
  eventKey: z.string(),
  until: z.iso.datetime().optional(),
  reason: z.string(),
});
export type FactWord = z.infer<typeof FactWord>;

/**
 * What an auditor looks through each week (NIST 800-53 AU-6), made of the journal alone, so that whoever makes it anew gets the same. Counts are by
 * name: of a kind, a person, a clause, a source.
 */
export const ReviewReport = z.object({
  from: z.iso.datetime(),
  /** Not included. */
  to: z.iso.datetime(),
  entries: Count,
  logons: Counts,
  permissionChanges: z.array(PermissionChange),
  privileged: z.array(PrivilegedAct),
  overrides: z.array(Override),
  /** Facts that were withdrawn, or replaced, by hand. */
  facts: z.array(FactWord),
  /** By clause. */
  refusals: Counts,
  /** Of the log itself. `attempts` were forbidden. */
  log: z.object({ reads: Counts, attempts: Counts }),
  /** Calls that were forbidden, by operation. */
  forbidden: Counts,
  breaches: z.array(Breach.extend({ at: z.iso.datetime() })),
  /** Life-safety actions that went out while the journal could not be written, `since` when; `at` they came into it. */
  spooled: z.array(z.object({ at: z.iso.datetime(), since: z.string(), executionId: z.string() })),
  deadLetters: z.object({ buried: Counts, redriven: Count, discarded: Count }),
});
export type ReviewReport = z.infer<typeof ReviewReport>;

/** `hash` as the report was shown: SHA-256 of its canonical JSON. `followed-up`: something was found, and `note` says what was done about it. */
export const ReviewRequest = z.object({
  week: Week,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  found: z.enum(['in-order', 'followed-up']),
  note: z.string().min(3).max(1000),
});

/** An auditor's word on a week. */
export const Review = ReviewRequest.extend({ by: z.string(), at: z.iso.datetime() });
export type Review = z.infer<typeof Review>;

/**
 * A week as far as it was reviewed. It can be signed from `from` on, a day after it ended, when each of its overrides was reviewed or was not; by `due`
 * it should be. `early`: it cannot be signed yet. `none`: it ended before this installation began to be reviewed.
 */
export const ReviewWeek = z.object({
  week: z.string(),
  state: z.enum(['none', 'early', 'open', 'overdue', 'signed']),
  from: z.iso.datetime(),
  due: z.iso.datetime(),
  review: Review.optional(),
});
export type ReviewWeek = z.infer<typeof ReviewWeek>;

export const ReviewList = z.object({ items: z.array(ReviewWeek) });
export const ReviewShown = ReviewWeek.extend({ report: ReviewReport, hash: z.string() });
export const ReviewsQuery = z.object({ weeks: z.coerce.number().int().min(1).max(60).default(12).describe('How many weeks back') });
