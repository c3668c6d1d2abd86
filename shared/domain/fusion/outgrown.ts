import { acrossM } from './extent.ts';
import { spanOf } from './span.ts';
import type { Summary } from './summary.ts';

/** What the rounding of places may hide (metres). */
const ROUNDING_M = 0.1;

/**
 * Whether an incident may have outgrown its span, so that its members must be looked at. Never false where `partition` would give more than one
 * group of events that lie apart; it may be true where an identity keeps them together.
 */
export const outgrown = ({ firstAt, lastAt, families, extent }: Summary): boolean => {
  const spans = families.flatMap((a) => families.map((b) => spanOf(a, b)));
  const lasted = Date.parse(lastAt) - Date.parse(firstAt);
  const across = extent ? acrossM(extent) + ROUNDING_M : 0;
  return lasted > Math.min(...spans.map(({ durationMs }) => durationMs)) || across > Math.min(...spans.map(({ metres }) => metres));
};
