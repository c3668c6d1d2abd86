import type { Scheduler } from '../kernel/scheduler.ts';

/** A pause on a scheduler's clock. */
export const pause =
  (scheduler: Scheduler) =>
  (ms: number): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(ms, resolve);
    });
