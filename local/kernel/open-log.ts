import { type Entry, writeSnapshot } from './compaction.ts';
import type { Appender, Disk } from './disk.ts';
import { createGroupCommit } from './group-commit.ts';
import { type Layout, MARK, readLayout, segmentName, supersededBy } from './layout.ts';
import type { ReplayableLog } from './remembered-log.ts';
import { eachFrame, headOf } from './segment.ts';

export interface LogOptions {
  /** Runs a task in a turn of its own: `setImmediate`, or a scheduler's `after(0, …)`. */
  readonly later: (task: () => void) => void;
  /** Told once when the disk refuses a write; nothing is acknowledged from then on. */
  readonly failed?: (error: Error) => void;
  /** Told where a snapshot could not be written: the log goes on and grows. */
  readonly complain?: (message: string) => void;
  /** A snapshot is taken when so many bytes were written since the last one, or as many as that one has, whichever is more. */
  readonly compactAt?: number;
}

export interface OpenLog extends ReplayableLog {
  /** What opening had to mend, in sentences. */
  readonly notes: readonly string[];
  /** Puts everything on disk and lets the files go. */
  close(): Promise<void>;
}

const COMPACT_AT = 16 * 1024 * 1024;

/** Hands every record that the directory holds to `apply`, in order. */
export const replayLayout = (disk: Disk, { snapshot, segments }: Layout, apply: (engine: string, record: unknown) => void): void => {
  for (const { name, start, end } of snapshot ? [snapshot, ...segments] : segments) {
    eachFrame(disk, name, start, end, (payload) => {
      if (payload.startsWith('{')) return; // a snapshot's last frame
      for (const line of payload.split('\n')) apply(...(JSON.parse(line) as [string, unknown]));
    });
  }
};

/** Cuts off what a crash tore of the last frame: nobody was told that it was written. */
const mend = (disk: Disk, { segments, superseded }: Layout): string[] => {
  for (const name of superseded) disk.remove(name);
  const part = segments.at(-1);
  if (!part || part.end === part.size) return [];
  disk.cut(part.name, part.end);
  if (part.end === 0) return []; // not even its first line was written
  return [
    `The last record of ${disk.path}/${part.name} was torn by a crash: its ${part.size - part.end} bytes were cut off, and everything before them stands.`,
  ];
};

/** The mark stands before there is anything that an older SWOE would not see. */
const writeMark = async (disk: Disk): Promise<void> => {
  const head = headOf('log');
  if (disk.names().includes(MARK)) {
    if (disk.read(MARK, 0, 32).toString('latin1') === head) return;
    disk.cut(MARK, 0);
  }
  const file = disk.open(MARK);
  await file.append(Buffer.from(head));
  await file.sync();
  file.close();
  await disk.syncNames();
};

const openSegment = async (disk: Disk, number: number): Promise<Appender> => {
  const name = segmentName(number);
  const file = disk.open(name);
  if (disk.size(name) > 0) return file;
  await file.append(Buffer.from(headOf('log')));
  await file.sync();
  await disk.syncNames();
  return file;
};

/** The log on a disk. Throws a Refusal where what stands there cannot be used as it is, and then has changed nothing. */
export const openLog = (disk: Disk, options: LogOptions): OpenLog => {
  const { later, failed = () => {}, complain = () => {}, compactAt = COMPACT_AT } = options;
  const layout = readLayout(disk);
  const notes = mend(disk, layout);
  const first = Math.max(1, layout.last);
  let segment = first;
  let since = layout.segments.reduce((sum, { end }) => sum + end, 0);
  let bound = Math.max(compactAt, layout.snapshot?.end ?? 0);
  let state: (() => Iterable<Entry>) | undefined;
  let compacting: Promise<void> | undefined;
  let closed = false;

  const commit = createGroupCommit({
    open: async () => {
      await writeMark(disk);
      return openSegment(disk, first);
    },
    later,
    failed,
    written: (bytes) => {
      since += bytes;
      compactSoon();
    },
  });
  /** A log that was closed while it took a snapshot leaves the old files as they are. */
  const nextTurn = async (): Promise<void> => {
    await new Promise<void>((resolve) => later(resolve));
    if (closed) throw new Error('the log was closed');
  };

  /** In a turn of its own, so that every record so far belongs to the old segment and none to the new. */
  const compact = async (entries: readonly Entry[]): Promise<void> => {
    segment += 1;
    const number = segment;
    since = 0;
    await commit.turnTo(() => openSegment(disk, number));
    const size = await writeSnapshot(disk, number, entries, nextTurn);
    for (const name of supersededBy(number, disk.names())) disk.remove(name);
    bound = Math.max(compactAt, size);
  };
  const failedToCompact = (error: Error): void => {
    bound *= 2;
    if (closed) return;
    complain(
      `No snapshot of the log in ${disk.path} could be written (${error.message}): the log goes on, and is longer to read at the next start.`,
    );
  };
  const compactSoon = (): void => {
    if (!state || compacting || closed || since < bound) return;
    const taken = new Promise<void>((resolve) => later(resolve)).then(() => (closed || !state ? undefined : compact([...state()])));
    compacting = taken.catch(failedToCompact).finally(() => {
      compacting = undefined;
    });
  };

  return {
    notes,
    write: (engine, record) => commit.add(JSON.stringify([engine, record])),
    settled: commit.settled,
    replay: (apply) => replayLayout(disk, layout, apply),
    compactFrom: (snapshot) => {
      state = snapshot;
      compactSoon();
    },
    close: async () => {
      closed = true;
      await commit.settled().catch(() => {}); // `failed` has told it
      await compacting;
      commit.close();
    },
  };
};
