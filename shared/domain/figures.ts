import type { Figures, Ledgered } from '../contracts/ledger.ts';
import { Source } from '../contracts/vocabulary.ts';

/** Ledgers as sums. */

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

/** The sum of two ledgers of one kind, figure by figure and reason by reason. */
export const addFigures = <T extends Figures>(a: T, b: T): T => {
  const sum = { ...a, dropped: { ...a.dropped } };
  for (const [reason, n] of Object.entries(b.dropped)) sum.dropped[reason] = (sum.dropped[reason] ?? 0) + n;
  const { dropped: _, ...figures } = b;
  return Object.assign(
    sum,
    Object.fromEntries(Object.entries(figures).map(([name, n]) => [name, Number(sum[name as keyof T]) + Number(n)])),
  );
};

/** Accepted and not yet at one of its three ends. */
export const inFlightOf = ({
  accepted,
  fused,
  dropped,
  deadLettered,
}: Pick<Figures, 'accepted' | 'fused' | 'dropped' | 'deadLettered'>): number =>
  accepted - fused - deadLettered - Object.values(dropped).reduce((sum, n) => sum + n, 0);

/** accepted = fused + dropped + deadLettered + inFlight; matched = started + joined + refused + queued + failed. */
export const balance = (figures: Figures): Figures & { inFlight: number; closes: boolean } => {
  const { matched, started, joined, refused, queued, failed } = figures;
  const inFlight = inFlightOf(figures);
  return { ...figures, inFlight, closes: inFlight === 0 && matched === started + joined + refused + queued + failed };
};

/** Whose a name is in the ledger: anybody may call himself anything, and a row for each name would be without bound. */
export const ledgered = (source: string): Ledgered => (source === 'swoe' ? 'swoe' : (Source.safeParse(source).data ?? 'unregistered'));

/** The hour of a time (ISO 8601 UTC): `2026-11-22T17`. */
export const hourOf = (at: string): string => at.slice(0, 13);
