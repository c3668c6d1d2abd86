import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from '../../../shared/contracts/ledger.ts';
import type { Bus } from './bus.ts';
import type { Commander } from './commander.ts';
import type { Subsystems } from './subsystems.ts';

const SAME_MS = 4000;

const inFlight = ({
  accepted,
  fused,
  dropped,
  deadLettered,
  matched,
  started,
  joined,
  refused,
  queued,
  completed,
  failed,
}: Ledger): number =>
  accepted -
  fused -
  deadLettered -
  Object.values(dropped).reduce((sum, count) => sum + count, 0) +
  (matched - started - joined - refused - queued) +
  (started - completed - failed);

/** Waits until the ledger has nothing in flight and stands still, or for `mostMs`; answers what it said last. */
export const settle = async (
  { commander, city, bus }: { commander: Commander; city: Subsystems; bus: Bus },
  mostMs: number,
  /** What else must be over. */
  over: () => Promise<boolean> = async () => true,
): Promise<Ledger | undefined> => {
  const until = Date.now() + mostMs;
  let last: Ledger | undefined;
  let since = Date.now();
  while (Date.now() < until) {
    const ledger = await commander.ledger();
    if (JSON.stringify(ledger) !== JSON.stringify(last)) since = Date.now();
    last = ledger;
    const quiet = ledger && inFlight(ledger) <= 0 && city.busy() === 0 && bus.open() === 0;
    if (quiet && Date.now() - since >= SAME_MS && (await over())) return ledger;
    await pause(500);
  }
  return last;
};
