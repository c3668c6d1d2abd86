import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';
import { writeOnce } from './write-once.ts';

export interface KeyFile<Key> {
  readonly name: string;
  readonly make: () => Promise<Key>;
  readonly isKey: (value: Key) => boolean;
  /** Said where the file holds something else. */
  readonly lost: (path: string) => string;
}

/** The key in a file of a data directory; undefined where there is none. */
export const readKey = <Key>(dataDir: string, { name, isKey, lost }: KeyFile<Key>): Key | undefined => {
  const path = join(dataDir, name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const key = JSON.parse(text) as Key;
    if (isKey(key)) return key;
  } catch {
    // told below
  }
  throw new Refusal(lost(path));
};

/** A key of a data directory, made on first need, readable by its owner only. Two processes that need it at once get the same one. */
export const keyIn = async <Key>(dataDir: string, file: KeyFile<Key>): Promise<Key> => {
  mkdirSync(dataDir, { recursive: true });
  const known = readKey(dataDir, file);
  if (known) return known;
  const path = join(dataDir, file.name);
  try {
    writeOnce(path, `${JSON.stringify(await file.make())}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const made = readKey(dataDir, file);
  if (!made) throw new Refusal(`${path} disappeared while it was made: start again.`);
  return made;
};
