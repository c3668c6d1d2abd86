import { crc32 } from 'node:zlib';
import type { Disk } from './disk.ts';

/**
 * One turn of the event loop on disk: magic `SWF1`, payload length, CRC-32 of the payload, CRC-32 of these twelve bytes (all
 * little-endian), then the payload. The header has its own sum so that a damaged length is known as damage, not as a long frame.
 */
const MAGIC = Buffer.from('SWF1');
export const HEADER_BYTES = 16;
const WINDOW_BYTES = 1 << 20;

export const encodeFrame = (payload: string): Buffer => {
  const length = Buffer.byteLength(payload);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + length);
  frame.write(payload, HEADER_BYTES, 'utf8');
  MAGIC.copy(frame);
  frame.writeUInt32LE(length, 4);
  frame.writeUInt32LE(crc32(frame.subarray(HEADER_BYTES)), 8);
  frame.writeUInt32LE(crc32(frame.subarray(0, 12)), 12);
  return frame;
};

/** The bytes asked for, or undefined where the file has not so many. */
export type Reader = (from: number, length: number) => Buffer | undefined;

/** Reads by position through a window, so that a long log needs neither its size in memory nor two system calls a frame. */
export const createReader = (disk: Pick<Disk, 'read'>, name: string, size: number): Reader => {
  let window: Buffer = Buffer.alloc(0);
  let base = 0;
  return (from, length) => {
    if (from + length > size) return undefined;
    if (from < base || from + length > base + window.length) {
      [window, base] = [disk.read(name, from, Math.min(size - from, Math.max(length, WINDOW_BYTES))), from];
      if (window.length < length) return undefined;
    }
    return window.subarray(from - base, from - base + length);
  };
};

/** The payload's length and sum, where a whole, sound header stands. */
export const readHeader = (read: Reader, from: number): { length: number; sum: number } | undefined => {
  const header = read(from, HEADER_BYTES);
  if (!header?.subarray(0, 4).equals(MAGIC) || header.readUInt32LE(12) !== crc32(header.subarray(0, 12))) return undefined;
  return { length: header.readUInt32LE(4), sum: header.readUInt32LE(8) };
};

/** The payload of the frame at `from` and where the next one starts; undefined where no whole, sound frame stands. */
export const readFrame = (read: Reader, from: number): { payload: Buffer; next: number } | undefined => {
  const header = readHeader(read, from);
  const payload = header && read(from + HEADER_BYTES, header.length);
  if (!payload || crc32(payload) !== header.sum) return undefined;
  return { payload, next: from + HEADER_BYTES + header.length };
};

/** Whether any sound frame starts after `from`: then what stands at `from` is damage and not the torn end of a crash. */
export const soundFrameAfter = (read: Reader, from: number, size: number): number | undefined => {
  for (let at = from + 1; at < size; ) {
    const part = read(at, Math.min(WINDOW_BYTES, size - at));
    const hit = part?.indexOf(MAGIC) ?? -1;
    if (hit >= 0) {
      if (readFrame(read, at + hit)) return at + hit;
      at += hit + 1;
    } else at += Math.max(1, (part?.length ?? 1) - MAGIC.length + 1);
  }
  return undefined;
};
