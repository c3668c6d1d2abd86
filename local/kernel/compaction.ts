import type { Disk } from './disk.ts';
import { encodeFrame } from './frame.ts';
import { endOf, snapshotName, unfinished } from './layout.ts';
import { headOf } from './segment.ts';

/** A record and the engine whose it is. */
export type Entry = readonly [engine: string, record: unknown];

/** As much JSON as is made in one turn of the event loop: about two milliseconds of work. */
const SLICE_CHARS = 256 * 1024;

/** The next slice of lines, from `from` on; at least one. */
const slice = (entries: readonly Entry[], from: number): string[] => {
  const lines: string[] = [];
  for (let chars = 0; chars < SLICE_CHARS && from + lines.length < entries.length; ) {
    const line = JSON.stringify(entries[from + lines.length]);
    lines.push(line);
    chars += line.length;
  }
  return lines;
};

/** Writes the snapshot that the segment `number` goes on from. It takes its name when it is whole and on disk. Answers its size. */
export const writeSnapshot = async (
  disk: Disk,
  number: number,
  entries: readonly Entry[],
  nextTurn: () => Promise<void>,
): Promise<number> => {
  const name = snapshotName(number);
  const half = unfinished(name);
  disk.remove(half);
  const file = disk.open(half);
  let size = 0;
  const append = async (bytes: Buffer): Promise<void> => {
    await file.append(bytes);
    size += bytes.length;
  };
  try {
    await append(Buffer.from(headOf('snapshot')));
    for (let done = 0; done < entries.length; ) {
      const lines = slice(entries, done);
      await append(encodeFrame(lines.join('\n')));
      done += lines.length;
      await nextTurn();
    }
    await append(encodeFrame(endOf(entries.length)));
    await file.sync();
  } finally {
    file.close();
  }
  disk.rename(half, name);
  await disk.syncNames();
  return size;
};
