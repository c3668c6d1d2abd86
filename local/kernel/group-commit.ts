import type { Appender } from './disk.ts';
import { encodeFrame } from './frame.ts';

/** One thing to be done on disk; those that wait are done in order, one at a time. */
interface Step {
  readonly run: () => Promise<void>;
  readonly done: Promise<void>;
  readonly finish: (error?: Error) => void;
}

const step = (run: () => Promise<void>): Step => {
  let finish: Step['finish'] = () => {};
  const done = new Promise<void>((resolve, reject) => {
    finish = (error) => (error ? reject(error) : resolve());
  });
  done.catch(() => {}); // nobody need wait for a step
  return { run, done, finish };
};

export interface GroupCommitOptions {
  /** Opens the file that frames go to; its first frame waits for it. */
  readonly open: () => Promise<Appender>;
  /** Runs a task in a turn of its own. */
  readonly later: (task: () => void) => void;
  /** Told once when the disk refuses a write. */
  readonly failed: (error: Error) => void;
  /** Told of every frame that is on disk. */
  readonly written: (bytes: number) => void;
}

export interface GroupCommit {
  add(line: string): void;
  settled(): Promise<void>;
  /** From now on everything goes to the file that `open` gives. Call it in a turn of its own: a frame is a whole turn. */
  turnTo(open: () => Promise<Appender>): Promise<void>;
  close(): void;
}

/**
 * What was added in one turn becomes one frame and one sync. While a sync is under way the turns behind it share the next one.
 * After a failed write nothing is ever acknowledged again.
 */
export const createGroupCommit = ({ open, later, failed, written }: GroupCommitOptions): GroupCommit => {
  const waiting: Step[] = [];
  let lines: string[] | undefined;
  let flying: Step | undefined;
  let due = false;
  let broken: Error | undefined;
  let file: Appender | undefined;

  const breakOff = (error: Error): void => {
    broken = error;
    for (const one of [flying, ...waiting.splice(0)]) one?.finish(error);
    failed(error);
  };
  const flush = async (): Promise<void> => {
    due = false;
    while (!broken) {
      flying = waiting.shift();
      if (!flying) return;
      try {
        await flying.run();
        flying.finish();
      } catch (error) {
        breakOff(error as Error);
      }
    }
  };
  const push = (run: () => Promise<void>): Step => {
    const fresh = step(run);
    waiting.push(fresh);
    if (!flying && !due) {
      due = true;
      later(() => void flush());
    }
    return fresh;
  };
  const turnTo = (next: () => Promise<Appender>): Promise<void> => {
    lines = undefined;
    return push(async () => {
      const fresh = await next();
      file?.close();
      file = fresh;
    }).done;
  };
  const begin = (): string[] => {
    const mine: string[] = [];
    push(async () => {
      if (lines === mine) lines = undefined;
      const frame = encodeFrame(mine.join('\n'));
      await file?.append(frame);
      await file?.sync();
      written(frame.length);
    });
    return mine;
  };
  void turnTo(open).catch(() => {});

  return {
    add: (line) => {
      if (broken) return;
      lines ??= begin();
      lines.push(line);
    },
    settled: () => (broken ? Promise.reject(broken) : ((waiting.at(-1) ?? flying)?.done ?? Promise.resolve())),
    turnTo: (next) => (broken ? Promise.reject(broken) : turnTo(next)),
    close: () => file?.close(),
  };
};
