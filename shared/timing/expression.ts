import { type Cron, nextCron, parseCron } from './cron.ts';
import { utcOf } from './zone.ts';

/** When a schedule runs: every so many milliseconds, once at a time (milliseconds since the epoch), or as cron says in a time zone. */
export type Timing = { readonly every: number } | { readonly at: number } | { readonly cron: Cron; readonly zone: string };

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const rateOf = (text: string): Timing | undefined => {
  const [, count, unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const n = Number(count);
  // AWS wants `1 minute` and `5 minutes`.
  return n > 0 && (n === 1) === (plural === '') ? { every: n * (UNITS[unit] ?? 0) } : undefined;
};

const onceAt = (text: string, zone: string): Timing | undefined => {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const sound = parts.length === 6 && new Date(wall).toISOString().startsWith(text);
  return sound ? { at: utcOf(wall, zone) } : undefined;
};

/** `rate(5 minutes)`, `at(2026-05-01T12:00:00)`, `cron(0 8 ? * MON-FRI *)`; undefined for what is none of them. */
export const timingOf = (expression: string, zone: string): Timing | undefined => {
  const [, kind, inner = ''] = /^(rate|at|cron)\(([^()]*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rateOf(inner);
  if (kind === 'at') return onceAt(inner, zone);
  const cron = kind === 'cron' ? parseCron(inner) : undefined;
  return cron && { cron, zone };
};

/** The first run after `after`; a rate counts from `anchor`. Undefined where there is none. */
export const nextRun = (timing: Timing, after: number, anchor: number): number | undefined => {
  if ('at' in timing) return timing.at > after ? timing.at : undefined;
  if ('cron' in timing) return nextCron(timing.cron, timing.zone, after);
  const periods = Math.max(1, Math.floor((after - anchor) / timing.every) + 1);
  return anchor + periods * timing.every;
};
