import type { Disk } from './disk.ts';
import { Refusal } from './refusal.ts';
import { bodyStart, damaged, eachFrame, soundEnd } from './segment.ts';

/** Says which format the directory has, so that an older SWOE, which kept everything in this file, refuses it. */
export const MARK = 'state.log';

export const segmentName = (number: number): string => `log-${number}`;
export const snapshotName = (number: number): string => `snapshot-${number}`;
/** What a file is called until it is whole. */
export const unfinished = (name: string): string => `${name}.new`;

const numbers = (names: readonly string[], kind: string): number[] =>
  names
    .flatMap((name) => new RegExp(`^${kind}-(\\d+)$`).exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);

/** One file of the log and the part of it that is sound. */
export interface Part {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Beyond `end` stands what a crash tore. */
  readonly size: number;
}

/** What a directory holds: the newest snapshot, the segments from it on, and what they supersede. */
export interface Layout {
  readonly snapshot: Part | undefined;
  readonly segments: readonly Part[];
  /** The number of the last segment; 0 where the directory is fresh. */
  readonly last: number;
  readonly superseded: readonly string[];
}

const END = /^\{"end":(\d+)\}$/;
export const endOf = (records: number): string => JSON.stringify({ end: records });

/** A snapshot took its name when it was whole, so anything less is damage. */
const readSnapshot = (disk: Disk, name: string): Part => {
  const start = bodyStart(disk, name, 'snapshot');
  if (start === undefined) throw damaged(disk, name, 'in its first line');
  const { end, size } = soundEnd(disk, name, start);
  let last = '';
  eachFrame(disk, name, start, end, (payload) => {
    last = payload;
  });
  if (end < size || !END.test(last)) throw damaged(disk, name, `at byte ${end}: its end is missing`);
  return { name, start, end, size };
};

/** Only the last segment may end torn: the next one was begun when everything in it was on disk. */
const readSegment = (disk: Disk, name: string, isLast: boolean): Part => {
  const start = bodyStart(disk, name, 'log');
  if (start === undefined) {
    if (isLast) return { name, start: 0, end: 0, size: disk.size(name) };
    throw damaged(disk, name, 'in its first line');
  }
  const { end, size } = soundEnd(disk, name, start);
  if (end < size && !isLast) throw damaged(disk, name, `at byte ${end}: its end is missing`);
  return { name, start, end, size };
};

/** What the snapshot `number` holds already, and files that never became whole. */
export const supersededBy = (number: number, names: readonly string[]): string[] =>
  names.filter((name) => {
    const [, which, half] = /^(?:log|snapshot)-(\d+)(\.new)?$/.exec(name) ?? [];
    return which !== undefined && (Number(which) < number || half !== undefined);
  });

const missing = (disk: Disk, name: string): Refusal =>
  new Refusal(
    `${disk.path}/${name} is missing, and what follows it cannot stand alone: restore the directory from a copy, or choose another data directory with --data or SWOE_DATA_DIR.`,
  );

/** Reads what the directory holds and changes nothing. Throws a Refusal where it cannot be used as it is. */
export const readLayout = (disk: Disk): Layout => {
  const names = disk.names();
  if (names.includes(MARK)) bodyStart(disk, MARK, 'log');
  const newest = numbers(names, 'snapshot').at(-1);
  const all = numbers(names, 'log');
  const first = newest ?? 1;
  const live = all.filter((number) => number >= first);
  const last = live.at(-1) ?? (newest === undefined ? 0 : first);
  for (let number = first; number <= last; number += 1) {
    if (!live.includes(number))
      throw missing(disk, number === first && newest === undefined ? snapshotName(live[0] ?? 1) : segmentName(number));
  }
  return {
    snapshot: newest === undefined ? undefined : readSnapshot(disk, snapshotName(newest)),
    segments: live.map((number) => readSegment(disk, segmentName(number), number === last)),
    last,
    superseded: supersededBy(first, names),
  };
};
