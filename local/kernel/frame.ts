import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * One turn of the event loop on disk: magic `SWF1`, payload length, CRC-32 of the payload, CRC-32 of these twelve bytes (all
 * little-endian), then the payload. The header has its own sum so that a damaged length is known as damage, not as a long frame.
 */
const MAGIC = Buffer.from('SWF1');
const HEADER_BYTES = 16;
const WINDOW_BYTES = 1 << 20;

export const encodeFrame = (payload: Buffer): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32LE(payload.length, 4);
  header.writeUInt32LE(crc32(payload), 8);
  header.writeUInt32LE(crc32(header.subarray(0, 12)), 12);
  return Buffer.concat([header, payload]);
};

/** Reads by position through a window, so that a long log needs neither its size in memory nor two system calls a frame. */
export const createReader = (fd: number, size: number): ((from: number, length: number) => Buffer | undefined) => {
  let window: Buffer = Buffer.alloc(0);
  let base = 0;
  return (from, length) => {
    if (from + length > size) return undefined;
    if (from < base || from + length > base + window.length) {
      const fresh = Buffer.alloc(Math.min(size - from, Math.max(length, WINDOW_BYTES)));
      const got = readSync(fd, fresh, 0, fresh.length, from);
      [window, base] = [fresh.subarray(0, got), from];
      if (got < length) return undefined;
    }
    return window.subarray(from - base, from - base + length);
  };
};

export type Reader = ReturnType<typeof createReader>;

/** The payload of the frame at `from` and where the next one starts; undefined where no whole, sound frame stands. */
export const readFrame = (read: Reader, from: number): { payload: Buffer; next: number } | undefined => {
  const header = read(from, HEADER_BYTES);
  if (!header?.subarray(0, 4).equals(MAGIC) || header.readUInt32LE(12) !== crc32(header.subarray(0, 12))) return undefined;
  const [length, sum] = [header.readUInt32LE(4), header.readUInt32LE(8)];
  const payload = read(from + HEADER_BYTES, length);
  if (!payload || crc32(payload) !== sum) return undefined;
  return { payload, next: from + HEADER_BYTES + length };
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
