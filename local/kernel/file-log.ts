import { closeSync, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createReader, type Reader, readFrame, soundFrameAfter } from './frame.ts';
import { createGroupCommit } from './group-commit.ts';
import { lockDirectory } from './lock.ts';
import { Refusal } from './refusal.ts';
import type { ReplayableLog } from './remembered-log.ts';

const FORMAT = 1;
const HEAD = `swoe-log ${FORMAT}\n`;

export interface FileLog extends ReplayableLog {
  /** What opening had to mend, in sentences. */
  readonly notes: readonly string[];
  /** Puts everything on disk, gives the file and the lock back. */
  close(): Promise<void>;
}

export interface FileLogOptions {
  /** Told once when the disk refuses a write; nothing is acknowledged from then on. */
  readonly failed?: (error: Error) => void;
}

/** Reads the first line; an empty or half-written one (a crash at creation) is written anew. */
const checkHead = (fd: number, path: string): void => {
  const { size } = fstatSync(fd);
  const head = createReader(fd, size)(0, Math.min(size, 32))?.toString('latin1') ?? '';
  const version = /^swoe-log (\d+)\n/.exec(head)?.[1];
  if (version && Number(version) > FORMAT) {
    throw new Refusal(
      `${path} was written by a newer SWOE (log format ${version}, this one reads ${FORMAT}): start that version, or choose another data directory with --data or SWOE_DATA_DIR.`,
    );
  }
  if (version) return;
  if (!HEAD.startsWith(head)) throw new Refusal(`${path} is not a SWOE log: choose another data directory with --data or SWOE_DATA_DIR.`);
  ftruncateSync(fd, 0);
  writeSync(fd, HEAD, 0);
  fdatasyncSync(fd);
};

/** Where the sound frames end. What follows is cut if it is a torn end and refused if sound frames come after it. */
const soundEnd = (read: Reader, size: number, path: string): number => {
  let at = HEAD.length;
  for (let frame = readFrame(read, at); frame; frame = readFrame(read, at)) at = frame.next;
  if (at === size) return at;
  const after = soundFrameAfter(read, at, size);
  if (after === undefined) return at;
  throw new Refusal(
    `${path} is damaged between byte ${at} and byte ${after}, with sound records behind: restore the file from a copy, or choose another data directory with --data or SWOE_DATA_DIR.`,
  );
};

/** A torn end is what a crash leaves of a frame nobody was told about. It is kept beside the log for whoever wants to look. */
const cutTorn = (fd: number, read: Reader, end: number, size: number, path: string): string[] => {
  if (end === size) return [];
  const torn = read(end, size - end);
  if (torn) writeFileSync(`${path}.torn`, torn);
  ftruncateSync(fd, end);
  fdatasyncSync(fd);
  return [
    `The last record of ${path} was torn by a crash: its ${size - end} bytes were cut off (kept in ${path}.torn) and everything before them stands.`,
  ];
};

const syncDirectory = (dir: string): void => {
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } catch {
    // some systems cannot sync a directory; the file itself is synced
  } finally {
    closeSync(fd);
  }
};

const open = (path: string): { fd: number; end: number; notes: string[] } => {
  const fd = openSync(path, 'a+');
  closeSync(fd);
  const file = openSync(path, 'r+');
  try {
    checkHead(file, path);
    const { size } = fstatSync(file);
    const read = createReader(file, size);
    const end = soundEnd(read, size, path);
    return { fd: file, end, notes: cutTorn(file, read, end, size, path) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
};

/** The log of a data directory, made if it is not there. One process at a time holds it. Throws a Refusal where it cannot be used as it is. */
export const openFileLog = (dir: string, { failed = () => {} }: FileLogOptions = {}): FileLog => {
  mkdirSync(dir, { recursive: true });
  const unlock = lockDirectory(dir);
  const path = join(dir, 'state.log');
  let opened: ReturnType<typeof open>;
  try {
    opened = open(path);
    syncDirectory(dir);
  } catch (error) {
    unlock();
    throw error;
  }
  const { fd, end, notes } = opened;
  const commit = createGroupCommit(fd, end, failed);

  return {
    notes,
    write: (engine, record) => commit.add(JSON.stringify([engine, record])),
    settled: commit.settled,
    replay: (apply) => {
      const read = createReader(fd, end);
      for (let frame = readFrame(read, HEAD.length); frame; frame = readFrame(read, frame.next)) {
        for (const line of frame.payload.toString('utf8').split('\n')) {
          const [engine, record] = JSON.parse(line) as [string, unknown];
          apply(engine, record);
        }
      }
    },
    close: async () => {
      await commit.settled().catch(() => {}); // `failed` has told it
      closeSync(fd);
      unlock();
    },
  };
};
