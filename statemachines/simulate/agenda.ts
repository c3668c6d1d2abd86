interface Task {
  readonly at: number;
  run: (() => void) | undefined;
}

/** A virtual clock and what is to happen on it. Of two things due at one moment the one asked for first comes first. */
export interface Agenda {
  now(): number;
  /** Runs `task` after `ms` milliseconds; returns what calls it off. */
  after(ms: number, task: () => void): () => void;
  /** To the last task. `settle` is awaited before the clock moves: what a moment causes happens in that moment. */
  run(settle: () => Promise<void>): Promise<void>;
}

/** `start` is ms since the epoch. */
export const createAgenda = (start: number): Agenda => {
  /** Latest first, so that the next one is the last. */
  const tasks: Task[] = [];
  let now = start;

  const placeOf = (at: number): number => {
    let [low, high] = [0, tasks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tasks[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    now: () => now,
    after: (ms, run) => {
      const task: Task = { at: now + Math.max(0, ms), run };
      tasks.splice(placeOf(task.at), 0, task);
      return () => {
        task.run = undefined;
      };
    },
    run: async (settle) => {
      for (;;) {
        await settle();
        const task = tasks.pop();
        if (!task) return;
        if (!task.run) continue;
        now = task.at;
        task.run();
      }
    },
  };
};
