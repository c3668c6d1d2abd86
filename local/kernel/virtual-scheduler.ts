import { createHeap } from './heap.ts';
import { seededRandom, uuidFrom } from './random.ts';
import type { Scheduler } from './scheduler.ts';

export interface VirtualOptions {
  readonly seed?: number | string;
  /** Milliseconds since the epoch at which this clock starts. */
  readonly start?: number;
  /** Tasks due at the same millisecond run in a seeded order instead of the order they were asked for: another seed, another race. */
  readonly shuffle?: boolean;
}

export interface VirtualScheduler extends Scheduler {
  /**
   * Runs tasks in the order of their time. Every task is followed by all microtasks it caused before the next one runs, and
   * only when nothing is left to do now does the clock jump. Without `until`: to the last task. With a time: to then, and the
   * clock stands there. With a predicate: until it holds, asked after every task. Answers false when tasks ran out first.
   */
  run(until?: number | (() => boolean)): Promise<boolean>;
  /** The clock does not jump while this work (a file read, a thread pool's answer) is under way. */
  track<T>(work: Promise<T>): Promise<T>;
  /** How many tasks wait. */
  waiting(): number;
}

interface Task {
  readonly at: number;
  readonly rank: number;
  readonly seq: number;
  run: (() => void) | undefined;
}

/** Taken before anything could replace it: simulations put a throwing one in its place. */
const turn = setImmediate;
const drained = (): Promise<void> => new Promise((resolve) => turn(resolve));

/** A clock that a test or a simulation moves. The same seed and the same calls give the same run. */
export const createVirtualScheduler = ({
  seed = 1,
  start = Date.UTC(2026, 0, 1),
  shuffle = false,
}: VirtualOptions = {}): VirtualScheduler => {
  const random = seededRandom(seed);
  const order = seededRandom(`${seed}/order`);
  const tasks = createHeap<Task>(
    (a, b) => a.at - b.at < 0 || (a.at === b.at && (a.rank - b.rank < 0 || (a.rank === b.rank && a.seq < b.seq))),
  );
  let now = start;
  let seq = 0;
  let waiting = 0;
  let tracked = 0;

  const after = (ms: number, run: () => void): (() => void) => {
    seq += 1;
    waiting += 1;
    const task: Task = { at: now + Math.max(0, ms), rank: shuffle ? order() : 0, seq, run };
    tasks.push(task);
    return () => {
      if (task.run) waiting -= 1;
      task.run = undefined;
    };
  };
  const settle = async (): Promise<void> => {
    do await drained();
    while (tracked > 0);
  };
  const next = (): Task | undefined => {
    while (tasks.peek() && !tasks.peek()?.run) tasks.pop();
    return tasks.peek();
  };
  const step = (task: Task): void => {
    tasks.pop();
    now = Math.max(now, task.at);
    waiting -= 1;
    const run = task.run;
    task.run = undefined;
    run?.();
  };

  const run = async (until?: number | (() => boolean)): Promise<boolean> => {
    for (;;) {
      await settle();
      if (typeof until === 'function' && until()) return true;
      const task = next();
      if (!task || (typeof until === 'number' && task.at > until)) break;
      step(task);
    }
    if (typeof until === 'number') now = Math.max(now, until);
    return typeof until !== 'function';
  };

  const track = async <T>(work: Promise<T>): Promise<T> => {
    tracked += 1;
    try {
      return await work;
    } finally {
      tracked -= 1;
    }
  };

  return { now: () => now, after, random, uuid: () => uuidFrom(random), run, track, waiting: () => waiting };
};
