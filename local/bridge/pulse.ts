import type { Scheduler } from '../kernel/scheduler.ts';

const EVERY_MS = 60_000;

/** Calls `beat` at once and then every minute, from each `start` anew. */
export const createPulse = (scheduler: Scheduler, beat: () => void) => {
  let calledOff = (): void => {};
  const next = (): void => {
    beat();
    calledOff = scheduler.after(EVERY_MS, next);
  };
  const stop = (): void => calledOff();
  return {
    start: () => {
      stop();
      next();
    },
    stop,
  };
};
