import { createRealScheduler, type RealScheduler } from './real-scheduler.ts';

/** The laptop's clock from `start` on, so many times faster than life (or slower, below 1). */
export const createFastScheduler = (speed: number, start: number): RealScheduler => {
  const real = createRealScheduler();
  const origin = real.now();
  return {
    ...real,
    now: () => Math.floor(start + (real.now() - origin) * speed),
    after: (ms, task) => real.after(ms / speed, task),
  };
};
