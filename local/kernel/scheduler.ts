/** One clock and one source of chance under every engine. Real time on a laptop, virtual time in tests and simulation. */
export interface Scheduler {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `task` after `ms` milliseconds of this clock; returns what calls it off. `ms` 0 means the next turn. */
  after(ms: number, task: () => void): () => void;
  /** Uniform in [0, 1), from the seed under simulation. */
  random(): number;
  /** A UUID v4 drawn from `random`. */
  uuid(): string;
}
