import type { Scheduler } from '../../kernel/scheduler.ts';

const MINUTE_MS = 60_000;
/** Node's timers overflow after 24.8 days, so a far date is looked at again before. */
const LONGEST_MS = 24 * 3600_000;

/**
 * Runs `expire` when something is due, at most once a minute and not at all while no item has a date: an idle machine
 * has no timer. `nextDate` is in seconds since the epoch.
 */
export const createExpiry = (scheduler: Scheduler, nextDate: () => number | undefined, expire: () => void): (() => void) => {
  let armedFor: number | undefined;
  let disarm: () => void = () => {};

  const run = (): void => {
    armedFor = undefined;
    expire();
    arm();
  };
  const arm = (): void => {
    const due = nextDate();
    if (due === undefined || (armedFor !== undefined && armedFor <= due)) return;
    disarm();
    armedFor = due;
    const wait = due * 1000 - scheduler.now();
    disarm = scheduler.after(Math.min(Math.max(wait, MINUTE_MS), LONGEST_MS), run);
  };
  return arm;
};
