import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CLOCK_FILE } from '../kernel/clock.ts';
import { asRefusal } from '../kernel/file-log.ts';
import { lockDirectory } from '../kernel/lock.ts';
import { Refusal } from '../kernel/refusal.ts';

/** What a machine keeps in its directory. The assembly is made of the sources alone, and stays. */
const OURS = new RegExp(
  `^(state\\.log(\\.torn)?|(log|snapshot)-\\d+(\\.new)?|swoe\\.log|${CLOCK_FILE}(\\.new)?|(issuer|checkpoint)-key\\.json(\\.new-\\d+)?|lock\\..+)$`,
);
const SIGNS = /^(state\.log|(issuer|checkpoint)-key\.json|assembly|lock)$/;

const empty = (dir: string): void => {
  const names = readdirSync(dir);
  if (names.length > 0 && !names.some((name) => SIGNS.test(name)))
    throw new Refusal(`--reset empties data directories of SWOE only, and ${dir} is none: name another with --data, or empty it yourself.`);
  const unlock = lockDirectory(dir);
  try {
    for (const name of names) if (OURS.test(name)) rmSync(join(dir, name), { force: true });
  } finally {
    unlock();
  }
};

/** Forgets everything that happened in a data directory. Refuses one that another process holds, and one that is not SWOE's. */
export const resetDirectory = (dir: string): void => {
  if (!existsSync(dir)) return;
  try {
    empty(dir);
  } catch (error) {
    throw asRefusal(dir, error);
  }
};
