import { linkSync, readFileSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';
import { writeOnce } from './write-once.ts';

interface Holder {
  readonly pid: number;
  /** When that process was born, where the system tells: a pid alone comes round again. */
  readonly born: string;
}

/** Field 22 of /proc/<pid>/stat with the boot's id; empty where there is no /proc. */
const birth = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return '';
  }
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const alive = ({ pid, born }: Holder): boolean => exists(pid) && (born === '' || birth(pid) === '' || birth(pid) === born);

const readHolder = (path: string): Holder | undefined => {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { pid, born } = value as Partial<Holder>;
    return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 ? { pid, born: String(born ?? '') } : undefined;
  } catch {
    return undefined;
  }
};

/** Moves a dead process's lock away. If another starter was faster and the lock moved was its fresh one, puts it back. */
const clear = (path: string, dead: Holder | undefined): void => {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    const moved = readHolder(aside);
    if (moved && moved.pid !== dead?.pid) linkSync(aside, path);
  } catch {
    return;
  }
  unlinkSync(aside);
};

/** The process that holds a data directory now. */
export const holderOf = (dir: string): number | undefined => {
  const holder = readHolder(join(dir, 'lock'));
  return holder && alive(holder) ? holder.pid : undefined;
};

/** Claims a data directory for this process. A lock whose process is dead is taken over. Returns what gives it back. */
export const lockDirectory = (dir: string): (() => void) => {
  const path = join(dir, 'lock');
  const mine = JSON.stringify({ pid: process.pid, born: birth(process.pid) } satisfies Holder);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      // Whole at once, so that nobody takes a lock that is just being written for a torn one.
      writeOnce(path, mine);
      return () => unlinkSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder && alive(holder)) {
      throw new Refusal(
        `The data directory ${dir} is in use by process ${holder.pid}: stop that one, or choose another with --data or SWOE_DATA_DIR.`,
      );
    }
    clear(path, holder);
  }
  throw new Refusal(`The data directory ${dir} could not be locked: remove ${path} if no SWOE is running there.`);
};
