/** Waits and chance, as whoever runs a client gives them. */
export interface Timers {
  /** Runs `task` after `ms` milliseconds; returns what calls it off. */
  after(ms: number, task: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

/** Those of the process; `stop` calls off everything that still waits, so that it can end. */
export const realTimers = (): Timers & { stop(): void } => {
  const waiting = new Set<NodeJS.Timeout>();
  return {
    random: Math.random,
    after: (ms, task) => {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        task();
      }, ms);
      waiting.add(timer);
      return () => {
        clearTimeout(timer);
        waiting.delete(timer);
      };
    },
    stop: () => {
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
};
