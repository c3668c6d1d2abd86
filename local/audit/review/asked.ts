import { spanOfWeek, weekOf } from '../../../shared/audit/week.ts';
import { Refusal } from '../../kernel/refusal.ts';

/** A span of time (ms), `to` not included; `week` where it is one. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly week?: string;
}

export const timeOf = (text: string): number => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Refusal(`${text} is no time: write it as 2026-11-22T17:00:00Z.`);
  return time;
};

const WEEK_MS = 7 * 86_400_000;

/** As it is named on the command line. */
export interface Span {
  readonly week?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The last whole week, unless a week or a span is named. */
export const askedOf = ({ week, from, to }: Span, now: number): Asked => {
  if (week === undefined && from !== undefined) {
    const asked = { from: timeOf(from), to: to === undefined ? now : timeOf(to) };
    if (asked.from >= asked.to) throw new Refusal('--from must lie before --to.');
    return asked;
  }
  if (from !== undefined || to !== undefined) throw new Refusal('Name a --week, or a span with --from and --to.');
  const name = week ?? weekOf(now - WEEK_MS);
  const span = spanOfWeek(name);
  if (!span) throw new Refusal(`${name} is no week: write it as 2026-W48.`);
  return { ...span, week: name };
};
