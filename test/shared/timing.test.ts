import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCron, parseCron } from '../../shared/timing/cron.ts';
import { nextRun, timingOf } from '../../shared/timing/expression.ts';

const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 16));

/** The next runs of a cron expression, in UTC, after a moment. */
const runs = (text: string, from: string, count: number, zone = 'UTC'): (string | undefined)[] => {
  const cron = parseCron(text);
  if (!cron) throw new Error(`${text} is no cron expression`);
  const found: (string | undefined)[] = [];
  let after = Date.parse(`${from}:00Z`);
  for (let n = 0; n < count; n += 1) {
    const next = nextCron(cron, zone, after);
    found.push(iso(next));
    if (next === undefined) break;
    after = next;
  }
  return found;
};

describe('a cron expression', () => {
  it.each([
    ['0 10 * * ? *', '2026-01-01T10:00', ['2026-01-02T10:00']],
    ['15 12 * * ? *', '2026-01-01T00:00', ['2026-01-01T12:15', '2026-01-02T12:15']],
    ['0 18 ? * MON-FRI *', '2026-01-02T17:00', ['2026-01-02T18:00', '2026-01-05T18:00']],
    ['0 8 1 * ? *', '2026-01-15T00:00', ['2026-02-01T08:00', '2026-03-01T08:00']],
    ['0/10 * ? * MON-FRI *', '2026-01-02T23:45', ['2026-01-02T23:50', '2026-01-05T00:00']],
    ['0/5 8-17 ? * MON-FRI *', '2026-01-02T17:54', ['2026-01-02T17:55', '2026-01-05T08:00']],
    ['0 9 ? * 2#1 *', '2026-01-01T00:00', ['2026-01-05T09:00', '2026-02-02T09:00']],
    ['0 0 ? * SUN#5 *', '2026-01-01T00:00', ['2026-03-29T00:00', '2026-05-31T00:00']],
    ['15 10 ? * 6L 2026-2027', '2026-01-01T00:00', ['2026-01-30T10:15', '2026-02-27T10:15']],
    ['0 0 L * ? *', '2026-02-01T00:00', ['2026-02-28T00:00', '2026-03-31T00:00']],
    ['0 0 29 2 ? *', '2026-01-01T00:00', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 0 3W * ? *', '2026-01-01T00:00', ['2026-01-02T00:00', '2026-02-03T00:00', '2026-03-03T00:00']],
    ['0 0 1W * ? *', '2026-02-01T00:00', ['2026-02-02T00:00', '2026-03-02T00:00']],
    ['0 0 31W 5 ? *', '2026-01-01T00:00', ['2026-05-29T00:00']],
    ['0,30 0 ? JAN,JUL 1 *', '2026-01-01T00:00', ['2026-01-04T00:00', '2026-01-04T00:30']],
    ['0 0 ? * L *', '2026-01-01T00:00', ['2026-01-03T00:00']],
    ['0 0 1 1 ? 2020', '2026-01-01T00:00', [undefined]],
    ['0 0 31 2 ? *', '2026-01-01T00:00', [undefined]],
  ])('%s after %s', (text, from, expected) => {
    expect(runs(text, from, expected.length)).toEqual(expected);
  });

  it.each([
    '0 10 * * * *',
    '0 10 ? * ? *',
    '0 10 1 * MON *',
    '60 10 * * ? *',
    '0 24 * * ? *',
    '0 0 0 * ? *',
    '0 0 ? * 8 *',
    '0 0 ? * MON#6 *',
    '0 0 * * ?',
    '0 0 * 13 ? *',
    '5-1 0 * * ? *',
    '*/0 0 * * ? *',
    'x 0 * * ? *',
    '0 0 32W * ? *',
  ])('%s is none', (text) => {
    expect(parseCron(text)).toBeUndefined();
  });

  const field = (low: number, high: number) =>
    fc.oneof(
      fc.constant({ text: '*', holds: () => true }),
      fc.uniqueArray(fc.integer({ min: low, max: high }), { minLength: 1, maxLength: 3 }).map((values) => ({
        text: values.join(','),
        holds: (value: number) => values.includes(value),
      })),
      fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high })).map(([a, b]) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        return { text: `${from}-${to}`, holds: (value: number) => value >= from && value <= to };
      }),
      fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: 1, max: 20 })).map(([from, every]) => ({
        text: `${from}/${every}`,
        holds: (value: number) => value >= from && (value - from) % every === 0,
      })),
    );

  it('runs next at the first minute all its fields hold, as a walk over every minute finds it', () => {
    const start = Date.UTC(2026, 1, 25);
    fc.assert(
      fc.property(field(0, 59), field(0, 23), field(1, 31), field(1, 7), fc.boolean(), fc.nat(10_000), (m, h, dom, dow, ofMonth, after) => {
        const cron = parseCron(`${m.text} ${h.text} ${ofMonth ? dom.text : '?'} * ${ofMonth ? '?' : dow.text} *`);
        const holds = (ms: number): boolean => {
          const at = new Date(ms);
          const day = ofMonth ? dom.holds(at.getUTCDate()) : dow.holds(at.getUTCDay() + 1);
          return day && m.holds(at.getUTCMinutes()) && h.holds(at.getUTCHours());
        };
        const from = start + after * 60_000;
        const until = from + 20 * 86_400_000;
        let walked = from + 60_000;
        while (walked < until && !holds(walked)) walked += 60_000;
        const next = cron && nextCron(cron, 'UTC', from);
        if (walked < until) expect(iso(next)).toBe(iso(walked));
        else expect(next === undefined || next >= until).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a time zone', () => {
  it('keeps a cron at its wall time over both changes of the clocks', () => {
    expect(runs('0 8 * * ? *', '2026-03-07T12:00', 3, 'America/New_York')).toEqual([
      '2026-03-07T13:00',
      '2026-03-08T12:00',
      '2026-03-09T12:00',
    ]);
    expect(runs('0 8 * * ? *', '2026-10-31T11:00', 3, 'America/New_York')).toEqual([
      '2026-10-31T12:00',
      '2026-11-01T13:00',
      '2026-11-02T13:00',
    ]);
  });

  it('skips a time that does not exist in spring, and runs one that comes twice in autumn once', () => {
    expect(runs('30 2 * * ? *', '2026-03-07T12:00', 2, 'America/New_York')).toEqual(['2026-03-09T06:30', '2026-03-10T06:30']);
    expect(runs('30 1 * * ? *', '2026-10-31T12:00', 2, 'America/New_York')).toEqual(['2026-11-01T05:30', '2026-11-02T06:30']);
  });

  it('moves a one-time schedule, halves of an hour too', () => {
    expect(timingOf('at(2026-07-01T12:00:00)', 'Asia/Kolkata')).toEqual({ at: Date.UTC(2026, 6, 1, 6, 30) });
    expect(timingOf('at(2026-07-01T12:00:00)', 'America/New_York')).toEqual({ at: Date.UTC(2026, 6, 1, 16) });
  });
});

it('a rate counts from its anchor, however late one looks', () => {
  expect(nextRun({ every: 1_000 }, 0, 0)).toBe(1_000);
  expect(nextRun({ every: 1_000 }, 1_000, 0)).toBe(2_000);
  expect(nextRun({ every: 1_000 }, 5_500, 0)).toBe(6_000);
});

it.each(['at(2026-02-30T00:00:00)', 'at(2026-13-01T00:00:00)', 'at(2026-01-01)', 'rate(1 week)', 'every day'])(
  '%s is no schedule expression',
  (text) => {
    expect(timingOf(text, 'UTC')).toBeUndefined();
  },
);
