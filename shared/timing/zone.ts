/** Offsets from UTC, in milliseconds, as Node's own time zone data has them. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, fresh);
  return fresh;
};

export const isZone = (zone: string): boolean => {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
};

export const offsetAt = (utc: number, zone: string): number => {
  if (zone === 'UTC') return 0;
  const name = formatOf(zone)
    .formatToParts(utc)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = 0, minutes = 0] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

const DAY_MS = 86_400_000;

/** The first moment at which clocks there show this wall time (given as if it were UTC); undefined where they skip it in spring. */
export const momentOf = (wall: number, zone: string): number | undefined => {
  if (zone === 'UTC') return wall;
  const offsets = [offsetAt(wall - DAY_MS, zone), offsetAt(wall + DAY_MS, zone)];
  const moments = offsets.map((offset) => wall - offset).filter((utc) => utc + offsetAt(utc, zone) === wall);
  return moments.length > 0 ? Math.min(...moments) : undefined;
};

/** As `momentOf`; a time that is skipped comes as much later as the clocks jump. */
export const utcOf = (wall: number, zone: string): number => momentOf(wall, zone) ?? wall - offsetAt(wall - DAY_MS, zone);
