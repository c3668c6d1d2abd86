import * as z from 'zod';
import { Source } from './vocabulary.ts';

/** Whose events a figure counts: a registered source; `swoe`, which asks for workflows itself; or all that is registered nowhere. */
export const Ledgered = z.enum([...Source.options, 'swoe', 'unregistered']);
export type Ledgered = z.infer<typeof Ledgered>;

/** What became of events, and of the workflows that they matched: what every ledger counts. */
const Became = z.object({
  accepted: z.int(),
  fused: z.int(),
  dropped: z.record(z.string(), z.int()),
  deadLettered: z.int(),
  matched: z.int(),
  started: z.int(),
  joined: z.int(),
  refused: z.int(),
  queued: z.int(),
});

/** accepted = fused + dropped + deadLettered + in flight; matched = started + joined + refused + queued + failed to start. `completed` and `failed` are runs. */
export const Ledger = Became.extend({ completed: z.int(), failed: z.int() });
export type Ledger = z.infer<typeof Ledger>;

/** The same of a source in an hour: events are counted in the hour in which they were accepted, matches in the hour in which they were made, both until their end. `failed` matches failed to start. */
export const Figures = Became.extend({ failed: z.int() });
export type Figures = z.infer<typeof Figures>;

/** `inFlight`: accepted and not yet at one of the three ends. It closes where nothing is, and each match has its end. */
const Balance = Figures.extend({ inFlight: z.int(), closes: z.boolean() });

/** `from` ≤ hour < `to`, both RFC 3339; by whole hours, the last 24 where nothing is said, 31 days at most. */
export const LedgerQuery = z.object({
  source: Ledgered.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

/** Hours as `2026-11-22T17` in UTC, oldest first, those without an event left out; `sources` is the same span source by source. */
export const EventLedger = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  total: Balance,
  hours: z.array(Balance.extend({ hour: z.string() })),
  sources: z.array(Balance.extend({ source: Ledgered })),
});
export type EventLedger = z.infer<typeof EventLedger>;
