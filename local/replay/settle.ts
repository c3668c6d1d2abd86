import type { Scheduler } from '../kernel/scheduler.ts';
import { pause } from '../tools/pause.ts';
import { closed, difference, openMatches, settled, type Told } from './ledger.ts';

interface Deps {
  readonly ledgerNow: () => Promise<Told>;
  readonly scheduler: Scheduler;
  readonly onWait: (line: string) => void;
  /** Gives up when nothing changed for so long. */
  readonly patienceMs: number;
}

const EVERY_MS = 500;

const missing = (ledger: Told, put: number): string => {
  const events = Math.max(put - ledger.accepted, ledger.accepted - settled(ledger));
  return events > 0 ? `${events} events` : `${openMatches(ledger)} matches`;
};

/** Whether a match may still be on its way shows only in time: the ledger must close this often in a row, with no new match. */
const TIMES_CLOSED = 3;

/** Asks for the ledger every half second until it closes over `put` records, or until it has stood still too long. Answers the difference to `before`. */
export const settle = async (before: Told, put: number, { ledgerNow, scheduler, onWait, patienceMs }: Deps): Promise<Told> => {
  const wait = pause(scheduler);
  let last: Told | undefined;
  let closedTimes = 0;
  let changedAt = scheduler.now();
  for (;;) {
    const ledger = difference(before, await ledgerNow());
    closedTimes = !closed(ledger, put) ? 0 : ledger.matched === last?.matched ? closedTimes + 1 : 1;
    if (closedTimes >= TIMES_CLOSED) return ledger;
    if (JSON.stringify(ledger) !== JSON.stringify(last)) changedAt = scheduler.now();
    else if (scheduler.now() - changedAt >= patienceMs) return ledger;
    last = ledger;
    if (closedTimes === 0) onWait(`waiting for the outcome of ${missing(ledger, put)}`);
    await wait(EVERY_MS);
  }
};
