import type { Ledger } from '../../shared/contracts/ledger.ts';

/** The ledger of `GET /status`, with the matches that failed to start where they are told apart. */
export type Told = Ledger & { readonly failedToStart?: number };

/** What the ledger gained from `before` to `after`. */
export const difference = (before: Told, after: Told): Told => {
  const reasons = new Set([...Object.keys(before.dropped), ...Object.keys(after.dropped)]);
  const dropped = Object.fromEntries(
    [...reasons]
      .map((reason): [string, number] => [reason, (after.dropped[reason] ?? 0) - (before.dropped[reason] ?? 0)])
      .filter(([, count]) => count !== 0),
  );
  const less = (name: Exclude<keyof Ledger, 'dropped'>): number => after[name] - before[name];
  return {
    accepted: less('accepted'),
    fused: less('fused'),
    dropped,
    deadLettered: less('deadLettered'),
    matched: less('matched'),
    started: less('started'),
    joined: less('joined'),
    refused: less('refused'),
    queued: less('queued'),
    completed: less('completed'),
    failed: less('failed'),
    ...(after.failedToStart === undefined ? {} : { failedToStart: after.failedToStart - (before.failedToStart ?? 0) }),
  };
};

const droppedInAll = ({ dropped }: Ledger): number => Object.values(dropped).reduce((sum, count) => sum + count, 0);

/** Events whose outcome is known. */
export const settled = (ledger: Ledger): number => ledger.fused + droppedInAll(ledger) + ledger.deadLettered;

/** Matches without an outcome of their own in the ledger: those that failed to start, and those still under way. */
export const openMatches = ({ matched, started, joined, refused, queued }: Ledger): number => matched - started - joined - refused - queued;

/** The equations that do not hold, each as a sentence; `put` is what the bus took from this replay. */
export const complaints = (ledger: Told, put: number): string[] => {
  const { accepted, fused, deadLettered, matched, started, joined, refused, queued, failed } = ledger;
  const [dropped, open, told] = [droppedInAll(ledger), openMatches(ledger), ledger.failedToStart];
  const matchesClose = told === undefined ? open >= 0 && open <= failed : open === told;
  return [
    accepted < put
      ? `accepted (${accepted}) is less than the records put (${put}): ${put - accepted} disappeared between the bus and ingest`
      : '',
    accepted !== settled(ledger)
      ? `accepted (${accepted}) = fused (${fused}) + dropped (${dropped}) + dead-lettered (${deadLettered}) does not hold`
      : '',
    matchesClose
      ? ''
      : `matched (${matched}) = started (${started}) + joined (${joined}) + refused (${refused}) + queued (${queued}) + failed to start (${told ?? `at most ${failed}`}) does not hold`,
  ].filter(Boolean);
};

/** Whether there is nothing left to wait for. */
export const closed = (ledger: Told, put: number): boolean => complaints(ledger, put).length === 0;

/** The ledger as lines for a terminal. `others` are events of other producers in the same time, a city's heartbeats for one. */
export const lines = (ledger: Told, put: number): string[] => {
  const reasons = Object.entries(ledger.dropped).map(([reason, count]) => `${reason} ${count}`);
  const others = Math.max(0, ledger.accepted - put);
  return [
    `accepted       ${ledger.accepted}${others > 0 ? `  (${put} of this file, ${others} of other producers meanwhile)` : ''}`,
    `fused          ${ledger.fused}`,
    `dropped        ${droppedInAll(ledger)}${reasons.length > 0 ? `  (${reasons.join(', ')})` : ''}`,
    `dead-lettered  ${ledger.deadLettered}`,
    `matched        ${ledger.matched}`,
    `  started      ${ledger.started}`,
    `  joined       ${ledger.joined}`,
    `  refused      ${ledger.refused}`,
    `  queued       ${ledger.queued}`,
    `completed      ${ledger.completed}`,
    `failed         ${ledger.failed}`,
  ];
};
