const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Midnight (UTC, ms) of the Monday of the week in which a moment lies. */
const mondayOf = (ms: number): number => {
  const midnight = Math.floor(ms / DAY_MS) * DAY_MS;
  return midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY_MS;
};

/** The Monday of a year's first week, the one with 4 January in it (ISO 8601). */
const firstMonday = (year: number): number => mondayOf(Date.UTC(year, 0, 4));

/** The week (ISO 8601, UTC) in which a moment lies, as `2026-W48`. */
export const weekOf = (ms: number): string => {
  const monday = mondayOf(ms);
  // A week belongs to the year in which its Thursday lies.
  const year = new Date(monday + 3 * DAY_MS).getUTCFullYear();
  return `${year}-W${String((monday - firstMonday(year)) / WEEK_MS + 1).padStart(2, '0')}`;
};

/** When a week begins, and when the next one does (ms); undefined for a week that its year does not have, and for one of another millennium. */
export const spanOfWeek = (week: string): { from: number; to: number } | undefined => {
  const [, year, number] = /^(2\d{3})-W(\d{2})$/.exec(week) ?? [];
  const from = firstMonday(Number(year)) + (Number(number) - 1) * WEEK_MS;
  return Number.isFinite(from) && weekOf(from) === week ? { from, to: from + WEEK_MS } : undefined;
};

/** The `count` weeks up to and with the one in which a moment lies, newest first. */
export const weeksBack = (ms: number, count: number): string[] => Array.from({ length: count }, (_, back) => weekOf(ms - back * WEEK_MS));
