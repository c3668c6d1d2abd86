import type { Scheduler } from '../../kernel/scheduler.ts';

/** Lets callers wait for the moment when nothing is in flight. */
export interface Idle {
  /** Something ended: asks again in a turn of its own, when whoever ended has done all it does. */
  ended(): void;
  wait(): Promise<void>;
}

export const createIdle = (scheduler: Scheduler, isIdle: () => boolean): Idle => {
  const waiting: (() => void)[] = [];
  return {
    ended: () => {
      if (waiting.length === 0) return;
      scheduler.after(0, () => {
        if (isIdle()) for (const resolve of waiting.splice(0)) resolve();
      });
    },
    wait: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
};
