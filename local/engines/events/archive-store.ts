import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Events packed together: a tenth of their size, and no object each. */
export interface Segment {
  /** The earliest and the latest time of its events, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** When the last of them came. */
  readonly until: number;
  readonly count: number;
  readonly bytes: number;
  readonly data: Buffer;
}

export interface Archived {
  /** The event's own time, and when it came. */
  readonly time: number;
  readonly at: number;
  readonly text: string;
}

/** The events of one archive, in the order in which they came. */
export interface ArchiveStore {
  add(event: Archived): void;
  /** Takes back what a snapshot tells. */
  addSegment(segment: Segment): void;
  /** Drops segments of which every event came earlier. */
  forgetBefore(time: number): void;
  between(from: number, to: number): Archived[];
  segments(): readonly Segment[];
  /** Those not packed yet. */
  loose(): readonly Archived[];
  size(): { count: number; bytes: number };
}

const EVENTS_A_SEGMENT = 512;
/** A line end may stand in an event's JSON as its producer wrote it; this may not. */
const SEPARATOR = '\0';

const pack = (events: readonly Archived[]): Segment => {
  const text = events.map((event) => `${event.time} ${event.at} ${event.text}`).join(SEPARATOR);
  const times = events.map(({ time }) => time);
  const bytes = events.reduce((sum, one) => sum + one.text.length, 0);
  const data = deflateRawSync(text, { level: 1 });
  return { from: Math.min(...times), to: Math.max(...times), until: events.at(-1)?.at ?? 0, count: events.length, bytes, data };
};

const unpack = ({ data }: Segment): Archived[] =>
  inflateRawSync(data)
    .toString()
    .split(SEPARATOR)
    .map((line) => {
      const first = line.indexOf(' ');
      const second = line.indexOf(' ', first + 1);
      return { time: Number(line.slice(0, first)), at: Number(line.slice(first + 1, second)), text: line.slice(second + 1) };
    });

export const createArchiveStore = (): ArchiveStore => {
  let segments: Segment[] = [];
  let loose: Archived[] = [];
  const overlaps = (segment: { from: number; to: number }, from: number, to: number): boolean => segment.to >= from && segment.from < to;
  return {
    add: (event) => {
      loose.push(event);
      if (loose.length < EVENTS_A_SEGMENT) return;
      segments.push(pack(loose));
      loose = [];
    },
    addSegment: (segment) => {
      segments.push(segment);
    },
    forgetBefore: (time) => {
      if (segments[0] && segments[0].until < time) segments = segments.filter(({ until }) => until >= time);
      if (loose[0] && loose[0].at < time) loose = loose.filter(({ at }) => at >= time);
    },
    between: (from, to) =>
      [...segments.filter((segment) => overlaps(segment, from, to)).flatMap(unpack), ...loose].filter(
        ({ time }) => time >= from && time < to,
      ),
    segments: () => segments,
    loose: () => loose,
    size: () => ({
      count: segments.reduce((sum, { count }) => sum + count, loose.length),
      bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0) + loose.reduce((sum, { text }) => sum + text.length, 0),
    }),
  };
};
