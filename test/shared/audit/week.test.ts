import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanOfWeek, weekOf, weeksBack } from '../../../shared/audit/week.ts';

describe('a week', () => {
  // Beginnings and ends of years that ISO 8601 gives to the other year, and plain ones.
  it.each([
    ['2026-11-29T23:59:59.999Z', '2026-W48'],
    ['2026-11-30T00:00:00.000Z', '2026-W49'],
    ['2026-01-01T00:00:00.000Z', '2026-W01'],
    ['2027-01-03T23:59:59.999Z', '2026-W53'],
    ['2024-12-30T00:00:00.000Z', '2025-W01'],
    ['2021-01-03T12:00:00.000Z', '2020-W53'],
  ])('holds %s as %s', (at, week) => {
    expect(weekOf(Date.parse(at))).toBe(week);
  });

  it('begins on Monday at midnight and holds every moment before the next one', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0, 3), max: Date.UTC(2099, 11) }), (ms) => {
        const span = spanOfWeek(weekOf(ms));
        expect(span && span.from <= ms && ms < span.to && new Date(span.from).getUTCDay() === 1).toBe(true);
        expect(span && weekOf(span.to) > weekOf(span.from)).toBe(true);
      }),
    );
  });

  it.each(['2025-W53', '1999-W52', '2026-W00', '2026-W54', '2026-48', 'W48', '2026-W48 ', ''])('is not %j', (week) => {
    expect(spanOfWeek(week)).toBeUndefined();
  });

  it('is counted back over the turn of a year', () => {
    expect(weeksBack(Date.UTC(2027, 0, 12), 4)).toEqual(['2027-W02', '2027-W01', '2026-W53', '2026-W52']);
  });
});
