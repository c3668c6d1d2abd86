import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  write,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Appender, Disk } from './disk.ts';

const writeAt = promisify(write);
const syncData = promisify(fdatasync);
const syncAll = promisify(fsync);

const appendTo = (path: string): Appender => {
  const fd = openSync(path, 'a');
  let at = fstatSync(fd).size;
  return {
    append: async (bytes) => {
      for (let sent = 0; sent < bytes.length; ) {
        const { bytesWritten } = await writeAt(fd, bytes, sent, bytes.length - sent, at);
        sent += bytesWritten;
        at += bytesWritten;
      }
    },
    sync: () => syncData(fd),
    close: () => closeSync(fd),
  };
};

const withFile = <T>(path: string, flags: string, use: (fd: number) => T): T => {
  const fd = openSync(path, flags);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
};

/** A directory of this computer. */
export const realDisk = (dir: string): Disk => {
  const at = (name: string): string => join(dir, name);
  return {
    path: dir,
    names: () => readdirSync(dir),
    size: (name) => statSync(at(name)).size,
    read: (name, from, length) =>
      withFile(at(name), 'r', (fd) => {
        const bytes = Buffer.allocUnsafe(length);
        return bytes.subarray(0, readSync(fd, bytes, 0, length, from));
      }),
    open: (name) => appendTo(at(name)),
    cut: (name, size) =>
      withFile(at(name), 'r+', (fd) => {
        ftruncateSync(fd, size);
        fdatasyncSync(fd);
      }),
    rename: (from, to) => renameSync(at(from), at(to)),
    remove: (name) => rmSync(at(name), { force: true }),
    syncNames: async () => {
      const fd = openSync(dir, 'r');
      try {
        await syncAll(fd);
      } catch {
        // some systems cannot sync a directory; the files themselves are synced
      } finally {
        closeSync(fd);
      }
    },
  };
};
