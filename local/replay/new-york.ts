/** Wall-clock time of America/New_York as UTC. Records of the US east coast carry no zone. */

export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
}

const parts = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

const HOUR = 3_600_000;

/** What the clocks in New York show at `at`, as if it were UTC. */
const shownAt = (at: number): number => {
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/** Milliseconds since the epoch; undefined for a date that does not exist. In the hour that comes twice it is the first; in the hour that is skipped, as if the clocks had not moved. */
export const fromNewYork = ({ year, month, day, hour, minute, second = 0 }: WallTime): number | undefined => {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(wall);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  const summer = wall + 4 * HOUR;
  return shownAt(summer) === wall ? summer : wall + 5 * HOUR;
};
