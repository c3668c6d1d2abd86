/** When a schedule runs, in milliseconds: every `every`, or once `at` a time. */
export type Timing = { readonly every: number } | { readonly at: number };

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(1 minute)`, `rate(5 minutes)`, `at(2026-05-01T12:00:00)`; undefined for what is neither. Times are UTC. */
export const timingOf = (expression: string): Timing | undefined => {
  const [, count, unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  if (count !== undefined) {
    const n = Number(count);
    return n > 0 && (n === 1) === (plural === '') ? { every: n * (UNITS[unit] ?? 0) } : undefined;
  }
  const [, time] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression) ?? [];
  const at = Date.parse(`${time ?? ''}Z`);
  return Number.isNaN(at) ? undefined : { at };
};
