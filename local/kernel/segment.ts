import type { Disk } from './disk.ts';
import { createReader, HEADER_BYTES, type Reader, readFrame, readHeader, soundFrameAfter } from './frame.ts';
import { Refusal } from './refusal.ts';

export const FORMAT = 2;
const ELSE = 'or choose another data directory with --data or SWOE_DATA_DIR';
const SECTOR_BYTES = 512;

export type Kind = 'log' | 'snapshot';

/** The first line of a file of the log. */
export const headOf = (kind: Kind): string => `swoe-${kind} ${FORMAT}\n`;

const otherFormat = (disk: Disk, name: string, version: number): Refusal => {
  const age = version > FORMAT ? 'a newer' : 'an older';
  const choices = 'start that version, or choose another data directory with --data or SWOE_DATA_DIR, or empty this one with --reset';
  return new Refusal(`${disk.path}/${name} was written by ${age} SWOE (log format ${version}, this one reads ${FORMAT}): ${choices}.`);
};

/** Where the first frame stands; undefined where a crash at its creation left less than its first line. Throws where it is none of ours. */
export const bodyStart = (disk: Disk, name: string, kind: Kind): number | undefined => {
  const head = disk.read(name, 0, 32).toString('latin1');
  const [line = '', version] = new RegExp(`^swoe-${kind} (\\d+)\\n`).exec(head) ?? [];
  if (version === String(FORMAT)) return line.length;
  if (version !== undefined) throw otherFormat(disk, name, Number(version));
  if (headOf(kind).startsWith(head) || /^\0+$/.test(head)) return undefined;
  throw new Refusal(`${disk.path}/${name} is not a SWOE log: choose another data directory with --data or SWOE_DATA_DIR.`);
};

export const damaged = (disk: Disk, name: string, what: string): Refusal =>
  new Refusal(`${disk.path}/${name} is damaged ${what}: restore the directory from a copy, ${ELSE}.`);

/** Payloads are JSON, which has no zero byte: a sector of zeros inside a frame is one that never reached the disk. */
const hasEmptySector = (read: Reader, from: number, to: number): boolean => {
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES);
    if (read(at, end - at)?.every((byte) => byte === 0)) return true;
    at = end;
  }
  return false;
};

/**
 * A crash leaves of the last frame a beginning, or sectors that were never filled. A frame that is all there and does not
 * fit its sum was whole once: that is damage, and nobody may take it for a frame that was never acknowledged.
 */
const isTorn = (read: Reader, at: number, size: number): boolean => {
  if (size - at < HEADER_BYTES) return true;
  const header = readHeader(read, at);
  if (!header) return hasEmptySector(read, at, size);
  const end = at + HEADER_BYTES + header.length;
  return end > size || hasEmptySector(read, at, end);
};

/** Where the sound frames end. What follows is the torn end of a crash; throws where it is damage. */
export const soundEnd = (disk: Disk, name: string, start: number): { end: number; size: number } => {
  const size = disk.size(name);
  const read = createReader(disk, name, size);
  let end = start;
  for (let frame = readFrame(read, end); frame; frame = readFrame(read, end)) end = frame.next;
  if (end === size) return { end, size };
  const after = soundFrameAfter(read, end, size);
  if (after !== undefined) throw damaged(disk, name, `between byte ${end} and byte ${after}, with sound records behind`);
  if (!isTorn(read, end, size)) throw damaged(disk, name, `at byte ${end}: its last record is whole but not what was written`);
  return { end, size };
};

/** Hands the payload of every frame to `each`, in order. */
export const eachFrame = (disk: Disk, name: string, start: number, end: number, each: (payload: string) => void): void => {
  const read = createReader(disk, name, end);
  let at = start;
  for (let frame = readFrame(read, at); frame; frame = readFrame(read, at)) {
    each(frame.payload.toString('utf8'));
    at = frame.next;
  }
  if (at < end) throw damaged(disk, name, `at byte ${at}, which was sound a moment ago`);
};
