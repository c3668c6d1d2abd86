import { fdatasync, write } from 'node:fs';
import { promisify } from 'node:util';
import { encodeFrame } from './frame.ts';

const writeAt = promisify(write);
const sync = promisify(fdatasync);

interface Batch {
  readonly lines: string[];
  readonly done: Promise<void>;
  readonly finish: (error?: Error) => void;
}

const newBatch = (): Batch => {
  let finish: Batch['finish'] = () => {};
  const done = new Promise<void>((resolve, reject) => {
    finish = (error) => (error ? reject(error) : resolve());
  });
  done.catch(() => {}); // nobody need wait for a batch
  return { lines: [], done, finish };
};

export interface GroupCommit {
  add(line: string): void;
  settled(): Promise<void>;
}

/**
 * Appends to `fd` from `position` on: what was added in one turn becomes one frame and one fdatasync. While a sync is under way
 * the turns behind it share the next one. After a failed write nothing is ever acknowledged again, and `failed` is told once.
 */
export const createGroupCommit = (fd: number, position: number, failed: (error: Error) => void): GroupCommit => {
  let open: Batch | undefined;
  let flying: Batch | undefined;
  let broken: Error | undefined;
  let at = position;

  const writeAll = async (frame: Buffer): Promise<void> => {
    for (let sent = 0; sent < frame.length; ) {
      const { bytesWritten } = await writeAt(fd, frame, sent, frame.length - sent, at + sent);
      sent += bytesWritten;
    }
    at += frame.length;
    await sync(fd);
  };
  const flush = async (): Promise<void> => {
    while (open && !broken) {
      flying = open;
      open = undefined;
      try {
        await writeAll(encodeFrame(Buffer.from(flying.lines.join('\n'))));
        flying.finish();
      } catch (error) {
        broken = error as Error;
        flying.finish(broken);
        failed(broken);
      }
      flying = undefined;
    }
  };

  return {
    add: (line) => {
      if (broken) return;
      if (!open) {
        open = newBatch();
        if (!flying) setImmediate(() => void flush());
      }
      open.lines.push(line);
    },
    settled: () => (broken ? Promise.reject(broken) : ((open ?? flying)?.done ?? Promise.resolve())),
  };
};
