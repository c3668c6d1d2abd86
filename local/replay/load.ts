import { readFileSync } from 'node:fs';
import { KNOWN, readerOf } from './formats.ts';
import type { Replayed, Unreadable } from './record.ts';
import { plain } from './text.ts';

/** What is wrong with what was asked for; told in one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Loaded {
  readonly format: string;
  readonly records: readonly Replayed[];
  readonly unreadable: readonly Unreadable[];
}

const textOf = (file: string): string => {
  try {
    return plain(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(code === 'ENOENT' ? `${file} does not exist.` : `${file} cannot be read (${code}).`);
  }
};

/** The records of a file, at most `limit`. */
export const load = (file: string, limit = Number.POSITIVE_INFINITY): Loaded => {
  const text = textOf(file);
  const reader = readerOf(text);
  if (!reader) throw new UsageError(`${file} is of no format that replay knows (${KNOWN}); it is told by its first line.`);
  const records: Replayed[] = [];
  const unreadable: Unreadable[] = [];
  try {
    for (const read of reader.read(text)) {
      if (records.length >= limit) break;
      if (read.kind === 'record') records.push(read.record);
      else unreadable.push(read.what);
    }
  } catch (error) {
    throw new UsageError(
      `${file} looks like ${reader.name} but cannot be parsed: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return { format: reader.name, records, unreadable };
};
