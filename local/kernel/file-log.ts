import { mkdirSync } from 'node:fs';
import { lockDirectory } from './lock.ts';
import { type LogOptions, type OpenLog, openLog } from './open-log.ts';
import { realDisk } from './real-disk.ts';
import { Refusal } from './refusal.ts';

export type FileLog = OpenLog;

/** What the system says about a directory that cannot be read or written, as one sentence. */
export const asRefusal = (dir: string, error: unknown): unknown => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code || error instanceof Refusal) return error;
  return new Refusal(`The data directory ${dir} cannot be used (${message}): choose another with --data or SWOE_DATA_DIR.`, {
    cause: error,
  });
};

/** The log of a data directory, made if it is not there. One process at a time holds it. Throws a Refusal where it cannot be used as it is. */
export const openFileLog = (dir: string, options: Omit<LogOptions, 'later'> = {}): FileLog => {
  let unlock = (): void => {};
  try {
    mkdirSync(dir, { recursive: true });
    unlock = lockDirectory(dir);
    const log = openLog(realDisk(dir), { later: (task) => void setImmediate(task), ...options });
    return {
      ...log,
      close: async () => {
        await log.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw asRefusal(dir, error);
  }
};
