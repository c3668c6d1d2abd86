import type { Figures, Ledgered } from '../contracts/ledger.ts';
import { Source } from '../contracts/vocabulary.ts';

/** The ledger by source and hour, as sums. */

export const noFigures = (): Figures => ({
  accepted: 0,
  fused: 0,
  dropped: {},
  deadLettered: 0,
  matched: 0,
  started: 0,
  joined: 0,
  refused: 0,
  queued: 0,
  failed: 0,
});

export const addFigures = (a: Figures, b: Figures): Figures => {
  const dropped = { ...a.dropped };
  for (const [reason, n] of Object.entries(b.dropped)) dropped[reason] = (dropped[reason] ?? 0) + n;
  return {
    accepted: a.accepted + b.accepted,
    fused: a.fused + b.fused,
    dropped,
    deadLettered: a.deadLettered + b.deadLettered,
    matched: a.matched + b.matched,
    started: a.started + b.started,
    joined: a.joined + b.joined,
    refused: a.refused + b.refused,
    queued: a.queued + b.queued,
    failed: a.failed + b.failed,
  };
};

/** accepted = fused + dropped + deadLettered + inFlight; matched = started + joined + refused + queued + failed. */
export const balance = (figures: Figures): Figures & { inFlight: number; closes: boolean } => {
  const { accepted, fused, dropped, deadLettered, matched, started, joined, refused, queued, failed } = figures;
  const inFlight = accepted - fused - deadLettered - Object.values(dropped).reduce((sum, n) => sum + n, 0);
  return { ...figures, inFlight, closes: inFlight === 0 && matched === started + joined + refused + queued + failed };
};

/** Whose a name is in the ledger: anybody may call himself anything, and a row for each name would be without bound. */
export const ledgered = (source: string): Ledgered => (source === 'swoe' ? 'swoe' : (Source.safeParse(source).data ?? 'unregistered'));

/** The hour of a time (ISO 8601 UTC): `2026-11-22T17`. */
export const hourOf = (at: string): string => at.slice(0, 13);
