import { randomUUID } from 'node:crypto';
import type { Scheduler } from './scheduler.ts';

export interface RealScheduler extends Scheduler {
  /** Calls off everything that still waits, so that the process can end. */
  stop(): void;
}

/** setTimeout takes at most this; a longer wait is waited in parts. */
const LONGEST_MS = 2 ** 31 - 1;

/** The laptop's own clock and chance. */
export const createRealScheduler = (): RealScheduler => {
  const waiting = new Set<() => void>();
  let stopped = false;

  const after = (ms: number, task: () => void): (() => void) => {
    if (stopped) return () => {};
    const due = Date.now() + ms;
    let clear = () => {};
    const cancel = () => {
      clear();
      waiting.delete(cancel);
    };
    const fire = () => {
      waiting.delete(cancel);
      task();
    };
    const arm = () => {
      const left = due - Date.now();
      const timer = setTimeout(left > LONGEST_MS ? arm : fire, Math.max(0, Math.min(left, LONGEST_MS)));
      clear = () => clearTimeout(timer);
    };
    if (ms <= 0) {
      const immediate = setImmediate(fire);
      clear = () => clearImmediate(immediate);
    } else arm();
    waiting.add(cancel);
    return cancel;
  };

  return {
    now: () => Date.now(),
    after,
    random: () => Math.random(),
    uuid: () => randomUUID(),
    stop: () => {
      stopped = true;
      for (const cancel of [...waiting]) cancel();
    },
  };
};
