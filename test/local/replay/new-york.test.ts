import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fromNewYork } from '../../../local/replay/new-york.ts';

const utc = (...[year, month, day, hour, minute]: [number, number, number, number, number]) => {
  const at = fromNewYork({ year, month, day, hour, minute });
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('local time of New York as UTC', () => {
  it('is four hours behind in summer and five in winter', () => {
    expect(utc(2011, 6, 15, 5, 21)).toBe('2011-06-15T09:21:00.000Z');
    expect(utc(2016, 1, 15, 12, 1)).toBe('2016-01-15T17:01:00.000Z');
  });

  it('takes the first of the hour that comes twice', () => {
    expect(utc(2024, 11, 3, 1, 30)).toBe('2024-11-03T05:30:00.000Z');
    expect(utc(2024, 11, 3, 2, 0)).toBe('2024-11-03T07:00:00.000Z');
  });

  it('reads the hour that is skipped as if the clocks had not moved', () => {
    expect(utc(2024, 3, 10, 1, 59)).toBe('2024-03-10T06:59:00.000Z');
    expect(utc(2024, 3, 10, 2, 30)).toBe('2024-03-10T07:30:00.000Z');
    expect(utc(2024, 3, 10, 3, 0)).toBe('2024-03-10T07:00:00.000Z');
  });

  it('knows no 30th of February', () => {
    expect(utc(2024, 2, 30, 1, 0)).toBeUndefined();
    expect(utc(2024, 1, 1, 24, 0)).toBeUndefined();
  });

  test.prop([fc.date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })])(
    'is always four or five hours behind',
    (date) => {
      const wall = Math.floor(date.getTime() / 60_000) * 60_000;
      const shown = new Date(wall);
      const at = fromNewYork({
        year: shown.getUTCFullYear(),
        month: shown.getUTCMonth() + 1,
        day: shown.getUTCDate(),
        hour: shown.getUTCHours(),
        minute: shown.getUTCMinutes(),
      });
      expect([4, 5]).toContain(((at ?? 0) - wall) / 3_600_000);
    },
  );
});
