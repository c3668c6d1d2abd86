import type { Entry } from '../../contracts/journal.ts';
import type { Waiter } from '../../contracts/resource-waiting.ts';

/** What is said of one who stands in the line: what it needs, and since when. */
const about = (
  kind: Entry['kind'],
  { request: { executionId, step, needs, requires, prefers, priority }, incidentId, since }: Waiter,
  actor: string,
  more: object,
): Entry => ({
  kind,
  actor,
  incidentId,
  executionId,
  data: { step, priority, needs, ...(requires ? { requires } : {}), ...(prefers ? { prefers } : {}), since, ...more },
});

export const waitingEntry = (waiter: Waiter, position: number, short: object): Entry =>
  about('resource.waiting', waiter, waiter.actor, { until: waiter.until, position, short });

export const servedEntry = (waiter: Waiter, actor: string, now: number): Entry =>
  about('resource.served', waiter, actor, { waitedS: Math.round((now - Date.parse(waiter.since)) / 1000) });

export const waitEndedEntry = (waiter: Waiter, actor: string, why: string): Entry => about('resource.wait-ended', waiter, actor, { why });
