import { momentOf, offsetAt } from './zone.ts';

/** AWS's six fields, read: which minutes, hours, months and years, and which days a month has of them. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  readonly days: (year: number, month: number) => readonly number[];
}

type Days = Cron['days'];

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

const numberOf = (text: string, low: number, high: number, names: readonly string[]): number | undefined => {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + 1 : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : undefined;
};

/** The values of a field of `,`, `-`, `*` and `/`, in their order; undefined where it is none. */
const valuesOf = (field: string, low: number, high: number, names: readonly string[] = []): number[] | undefined => {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    const [from = '', to, ...beyond] = range.split('-');
    const start = range === '*' ? low : numberOf(from, low, high, names);
    const single = step === undefined ? start : high;
    const end = range === '*' ? high : to === undefined ? single : numberOf(to, low, high, names);
    const every = step === undefined ? 1 : /^\d+$/.test(step) ? Number(step) : 0;
    if (start === undefined || end === undefined || start > end || every < 1 || more.length > 0 || beyond.length > 0) return undefined;
    for (let value = start; value <= end; value += every) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
};

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** 1 is Sunday, as in the field. */
const weekdayOf = (year: number, month: number, day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
const isWeekday = (weekday: number): boolean => weekday >= 2 && weekday <= 6;

/** The weekday nearest to a day, in the same month. */
const nearestWeekday = (year: number, month: number, day: number): number => {
  const last = daysIn(year, month);
  return [day, day - 1, day + 1, day - 2, day + 2].find((one) => one >= 1 && one <= last && isWeekday(weekdayOf(year, month, one))) ?? day;
};

const all = (year: number, month: number): number[] => Array.from({ length: daysIn(year, month) }, (_, index) => index + 1);

const dayOfMonth = (field: string): Days | undefined => {
  if (field === 'L') return (year, month) => [daysIn(year, month)];
  if (field === 'LW') return (year, month) => [nearestWeekday(year, month, daysIn(year, month))];
  const near = /^(\d+)W$/.exec(field);
  if (near) {
    const day = Number(near[1]);
    if (day < 1 || day > 31) return undefined;
    return (year, month) => (day <= daysIn(year, month) ? [nearestWeekday(year, month, day)] : []);
  }
  const values = valuesOf(field, 1, 31);
  return values && ((year, month) => values.filter((day) => day <= daysIn(year, month)));
};

const dayOfWeek = (field: string): Days | undefined => {
  const [, nthDay = '', nth] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  const [, lastDay = ''] = /^(\w+)L$/.exec(field) ?? [];
  const wanted = numberOf(nthDay || lastDay, 1, 7, WEEKDAYS);
  if (wanted !== undefined) {
    const those = (year: number, month: number): number[] => all(year, month).filter((day) => weekdayOf(year, month, day) === wanted);
    return nth ? (year, month) => those(year, month).slice(Number(nth) - 1, Number(nth)) : (year, month) => those(year, month).slice(-1);
  }
  const values = field === 'L' ? [7] : valuesOf(field, 1, 7, WEEKDAYS);
  return values && ((year, month) => all(year, month).filter((day) => values.includes(weekdayOf(year, month, day))));
};

/** Of the two day fields one says which days, and the other is `?`. */
const daysOf = (ofMonth: string, ofWeek: string): Days | undefined => {
  if (ofWeek === '?' && ofMonth !== '?') return dayOfMonth(ofMonth);
  return ofMonth === '?' && ofWeek !== '?' ? dayOfWeek(ofWeek) : undefined;
};

/** Reads `minutes hours day-of-month month day-of-week year`; undefined where AWS would refuse it. */
export const parseCron = (text: string): Cron | undefined => {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [minute = '', hour = '', dom = '', month = '', dow = '', year = ''] = fields;
  const [minutes, hours] = [valuesOf(minute, 0, 59), valuesOf(hour, 0, 23)];
  const [months, years] = [valuesOf(month, 1, 12, MONTHS), valuesOf(year, FIRST_YEAR, LAST_YEAR)];
  const days = daysOf(dom, dow);
  return minutes && hours && months && years && days ? { minutes, hours, months, years, days } : undefined;
};

/** Clocks never differ by more than this from one day to the next. */
const SLACK_MS = 3 * 3_600_000;

/** Wall times of one day, as if they were UTC, from `from` on. */
function* timesOf({ hours, minutes }: Cron, midnight: number, from: number): Generator<number> {
  for (const hour of hours) {
    if (midnight + (hour + 1) * 3_600_000 <= from) continue;
    for (const minute of minutes) yield midnight + hour * 3_600_000 + minute * 60_000;
  }
}

function* daysFrom({ years, months, days }: Cron, from: number): Generator<number> {
  const first = new Date(from);
  const earliest = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate());
  for (const year of years) {
    if (year < first.getUTCFullYear()) continue;
    for (const month of months)
      for (const day of days(year, month)) {
        const midnight = Date.UTC(year, month - 1, day);
        if (midnight >= earliest) yield midnight;
      }
  }
}

/** The first run after `after`. A time that clocks skip in spring does not run; one that comes twice in autumn runs once, the first time. */
export const nextCron = (cron: Cron, zone: string, after: number): number | undefined => {
  const from = after + offsetAt(after, zone) - SLACK_MS;
  for (const midnight of daysFrom(cron, from))
    for (const wall of timesOf(cron, midnight, from)) {
      const moment = momentOf(wall, zone);
      if (moment !== undefined && moment > after) return moment;
    }
  return undefined;
};
