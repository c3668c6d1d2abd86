import type { Scheduler } from './scheduler.ts';

export interface Mortal extends Scheduler {
  /** Calls off everything that waits; nothing runs on it any more. */
  stop(): void;
  readonly stopped: () => boolean;
}

/** A scheduler that one machine has to itself: when that machine stops, others on the same clock go on. */
export const mortal = (scheduler: Scheduler): Mortal => {
  const waiting = new Set<() => void>();
  let stopped = false;
  return {
    now: () => scheduler.now(),
    random: () => scheduler.random(),
    uuid: () => scheduler.uuid(),
    after: (ms, task) => {
      if (stopped) return () => {};
      const callOff = scheduler.after(ms, () => {
        waiting.delete(callOff);
        task();
      });
      waiting.add(callOff);
      return () => {
        waiting.delete(callOff);
        callOff();
      };
    },
    stop: () => {
      stopped = true;
      for (const callOff of waiting) callOff();
      waiting.clear();
    },
    stopped: () => stopped,
  };
};
