import type { Appender, Disk } from './disk.ts';
import { type LogOptions, type OpenLog, openLog } from './open-log.ts';
import type { Scheduler } from './scheduler.ts';

export interface SimulatedDiskOptions {
  /** Uniform in [0, 1): how long a sync takes, and what a crash leaves. */
  readonly random: () => number;
  /** Told before each thing that is done to the disk: a plan may crash it there. */
  readonly before?: (operation: Operation, name: string) => void;
  /** What lies on it, synced, as `files` of another disk gave it. */
  readonly files?: ReadonlyMap<string, Buffer>;
}

export type Operation = 'append' | 'sync' | 'open' | 'cut' | 'rename' | 'remove' | 'sync names';

/** A disk that outlives the machines on it. */
export interface SimulatedDisk {
  /** The disk as the next machine sees it; its syncs are events of that machine's scheduler. */
  mount(scheduler: Pick<Scheduler, 'after'>): Disk;
  /**
   * The machine stops here: nothing it asked of the disk is ever answered. What was not synced is cut off somewhere, or some of
   * it is zeros, and the last changes of names may be undone.
   */
  crash(): void;
  /** How many things were done to it so far. */
  operations(): number;
  /** A copy of all that lasts, for the disks of other runs. */
  files(): Map<string, Buffer>;
}

interface File {
  bytes: Buffer;
  size: number;
  synced: number;
}

type Names = Map<string, File>;
type Change = (names: Names) => void;

const SHORTEST_SYNC_MS = 1;
const LONGEST_SYNC_MS = 8;
const SECTOR_BYTES = 512;

const grow = (file: File, more: Buffer): void => {
  const size = file.size + more.length;
  if (size > file.bytes.length) {
    const roomier = Buffer.alloc(Math.max(4096, size, file.bytes.length * 2));
    file.bytes.copy(roomier, 0, 0, file.size);
    file.bytes = roomier;
  }
  more.copy(file.bytes, file.size);
  file.size = size;
};

/** What a crash leaves of a file: all that was synced, and of the rest a beginning, followed at times by sectors never filled. */
const torn = ({ bytes, size, synced }: File, random: () => number): File => {
  const kept = synced + Math.floor(random() * (size - synced + 1));
  if (kept === size || random() < 0.5) return { bytes: Buffer.from(bytes.subarray(0, kept)), size: kept, synced: kept };
  const left = Buffer.alloc(size);
  bytes.copy(left, 0, 0, Math.max(synced, Math.floor(kept / SECTOR_BYTES) * SECTOR_BYTES));
  return { bytes: left, size, synced: size };
};

const never = <T>(): Promise<T> => new Promise(() => {});

/** The disk in the hands of one machine: what it sees, and what of that would last. */
const mounted = (
  durable: Names,
  scheduler: Pick<Scheduler, 'after'>,
  random: () => number,
  begin: (what: Operation, name: string) => void,
) => {
  const names: Names = new Map(durable);
  const pending: Change[] = [];
  let dead = false;

  /** Answers false when the machine stopped, perhaps just now. */
  const alive = (operation: Operation, name: string): boolean => {
    if (!dead) begin(operation, name);
    return !dead;
  };
  const change = (operation: Operation, name: string, apply: Change): void => {
    if (alive(operation, name)) pending.push(apply);
    apply(names); // where the machine stopped, nobody sees it
  };
  const onceSynced = (then: () => void): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(SHORTEST_SYNC_MS + random() * (LONGEST_SYNC_MS - SHORTEST_SYNC_MS), () => {
        if (dead) return;
        then();
        resolve();
      });
    });
  const found = (name: string): File => {
    const file = names.get(name);
    if (!file) throw new Error(`the simulated disk has no file ${name}`);
    return file;
  };
  const appender = (name: string, file: File): Appender => ({
    append: (bytes) => {
      if (!alive('append', name)) return never();
      grow(file, bytes);
      return Promise.resolve();
    },
    sync: () => {
      if (!alive('sync', name)) return never();
      const { size } = file;
      return onceSynced(() => {
        file.synced = Math.max(file.synced, size);
      });
    },
    close: () => {},
  });
  const disk: Disk = {
    path: 'the simulated disk',
    names: () => [...names.keys()].sort(),
    size: (name) => found(name).size,
    read: (name, from, length) => {
      const { bytes, size } = found(name);
      return bytes.subarray(from, Math.min(size, from + length));
    },
    open: (name) => {
      const file: File = names.get(name) ?? { bytes: Buffer.alloc(0), size: 0, synced: 0 };
      if (!names.has(name)) change('open', name, (all) => all.set(name, file));
      return appender(name, file);
    },
    cut: (name, size) => {
      if (alive('cut', name)) Object.assign(found(name), { size, synced: size });
    },
    rename: (from, to) => {
      const file = found(from);
      change('rename', from, (all) => {
        all.delete(from);
        all.set(to, file);
      });
    },
    remove: (name) => {
      if (names.has(name)) change('remove', name, (all) => all.delete(name));
    },
    syncNames: () => {
      if (!alive('sync names', '')) return never();
      const changes = pending.slice();
      return onceSynced(() => {
        for (const apply of changes) {
          if (pending[0] !== apply) continue; // another sync had it
          pending.shift();
          apply(durable);
        }
      });
    },
  };
  const crash = (): Names => {
    dead = true;
    for (const apply of pending.slice(0, Math.floor(random() * (pending.length + 1)))) apply(durable);
    return new Map([...durable].map(([name, file]) => [name, torn(file, random)]));
  };
  return { disk, crash };
};

/** A disk without a machine yet, empty unless `files` says otherwise. */
export const createSimulatedDisk = ({ random, before = () => {}, files = new Map() }: SimulatedDiskOptions): SimulatedDisk => {
  let durable: Names = new Map(
    [...files].map(([name, bytes]) => [name, { bytes: Buffer.from(bytes), size: bytes.length, synced: bytes.length }]),
  );
  let life: ReturnType<typeof mounted> | undefined;
  let operations = 0;
  const crash = (): void => {
    if (life) durable = life.crash();
    life = undefined;
  };
  return {
    mount: (scheduler) => {
      crash();
      life = mounted(durable, scheduler, random, (operation, name) => {
        operations += 1;
        before(operation, name);
      });
      return life.disk;
    },
    crash,
    operations: () => operations,
    files: () => new Map([...durable].map(([name, { bytes, synced }]) => [name, Buffer.from(bytes.subarray(0, synced))])),
  };
};

/** The log of the next machine on a simulated disk: all that the ones before it were told is kept, and perhaps a little more. */
export const openSimulatedLog = (disk: SimulatedDisk, scheduler: Pick<Scheduler, 'after'>, more: Omit<LogOptions, 'later'> = {}): OpenLog =>
  openLog(disk.mount(scheduler), { later: (task) => void scheduler.after(0, task), ...more });
