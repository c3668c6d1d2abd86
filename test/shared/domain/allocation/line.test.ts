import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Waiter } from '../../../../shared/contracts/resource-waiting.ts';
import { AllocationPriority } from '../../../../shared/contracts/vocabulary.ts';
import { downTheLine } from '../../../../shared/domain/allocation/in-line.ts';
import { AGING_MS, aheadOf, CLAIM_MS, comesAt, isOf, placeOf } from '../../../../shared/domain/allocation/line.ts';
import { goesBefore } from '../../../../shared/domain/allocation/priority.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
import { noLending } from '../../../support/lending.ts';
import { unit } from '../../../support/scene.ts';
import { NOW, request } from './ground.ts';

const priorities = fc.constantFrom(...AllocationPriority.options);
/** Who comes: how urgently, so many seconds after the one before, and with what bundle. */
const comers = fc.array(
  fc.record({ priority: priorities, afterS: fc.integer({ min: 0, max: 900 }), count: fc.integer({ min: 1, max: 3 }) }),
  {
    minLength: 2,
    maxLength: 12,
  },
);

/** They take their places one after the other, each behind those of its priority, whatever the clock says. */
const lined = (
  all: readonly { priority: AllocationPriority; afterS: number; count: number }[],
): { line: Waiter[]; came: Waiter[]; now: number } => {
  let now = NOW;
  const came: Waiter[] = [];
  for (const [n, { priority, afterS, count }] of all.entries()) {
    now += afterS * 1000;
    const want = request(`R${n}`, { OFFICER: count }, { priority });
    const since = comesAt(came, priority, now);
    came.push({
      request: want,
      place: placeOf(want, since),
      incidentId: `R${n}`,
      actor: 'system/test',
      since: iso(since),
      until: iso(since + 3_600_000),
    });
  }
  return { came, line: [...came].sort((a, b) => (a.place < b.place ? -1 : 1)), now };
};

describe('in the line', () => {
  test('nobody of a priority is overtaken by one of it who came later, and EMERGENCY by nobody', () => {
    fc.assert(
      fc.property(comers, (all) => {
        const { came } = lined(all);
        for (const [n, earlier] of came.entries())
          for (const later of came.slice(n + 1)) {
            const isOvertaken = later.place < earlier.place;
            if (earlier.request.priority === later.request.priority || earlier.request.priority === 'EMERGENCY')
              expect(isOvertaken).toBe(false);
            if (isOvertaken) expect(goesBefore(later.request.priority, earlier.request.priority)).toBe(true);
          }
      }),
    );
  });

  test('whoever waits is overtaken, but by EMERGENCY, only by what came within ten minutes a level', () => {
    fc.assert(
      fc.property(comers, (all) => {
        const { came } = lined(all);
        const rank = ({ request: { priority } }: Waiter): number => AllocationPriority.options.indexOf(priority);
        for (const [n, earlier] of came.entries())
          for (const later of came.slice(n + 1)) {
            if (later.request.priority === 'EMERGENCY' || later.place > earlier.place) continue;
            expect(Date.parse(later.since) - Date.parse(earlier.since)).toBeLessThanOrEqual((rank(earlier) - rank(later)) * AGING_MS);
          }
      }),
    );
  });

  test('a LOW one goes before every NORMAL one of an endless stream that came ten minutes after it', () => {
    const stream = Array.from({ length: 30 }, () => ({ priority: 'NORMAL' as const, afterS: 60, count: 1 }));
    const { line } = lined([{ priority: 'LOW', afterS: 0, count: 1 }, ...stream]);
    expect(line.findIndex(({ request: { priority } }) => priority === 'LOW')).toBe(9);
  });

  test('a newcomer stands behind all of its priority, and before nobody whose time runs and who waits for the same', () => {
    fc.assert(
      fc.property(comers, priorities, (all, priority) => {
        const { line, now } = lined(all);
        const ahead = aheadOf(line, request('new', { OFFICER: 1 }, { priority }), now);
        const same = line.filter(({ request: one }) => one.priority === priority);
        expect(ahead).toEqual(expect.arrayContaining(same.filter(({ until }) => Date.parse(until) > now)));
        expect(aheadOf(line, request('new', { DRONE: 1 }, { priority }), now)).toEqual([]);
      }),
    );
  });

  test('of units of other types nobody is kept', () => {
    const { line, now } = lined([{ priority: 'HIGH', afterS: 0, count: 1 }]);
    expect(aheadOf(line, request('new', { VEHICLE: 1 }), now)).toEqual([]);
  });

  test('a step has its own place, and those before it are before that', () => {
    const { line, came, now } = lined([
      { priority: 'NORMAL', afterS: 0, count: 1 },
      { priority: 'NORMAL', afterS: 5, count: 1 },
    ]);
    const [first, second] = came;
    expect(line.find(isOf(request('R1', {})))).toBe(second);
    expect(aheadOf(line, request('R1', { OFFICER: 1 }), now)).toEqual([first]);
  });
});

/** Down the line over so many free officers in a row, without a store. */
const walked = (line: readonly Waiter[], free: number, now: number) => {
  const fleet = Array.from({ length: free }, (_, n) => unit(`o${n}`, 'OFFICER', 100 * (n + 1), { locatedAt: iso(now) }));
  const resources = {
    free: async () => fleet,
    busy: async () => [],
    line: async () => [...line],
    heldBy: async () => [],
    many: async () => [],
  };
  return downTheLine({ resources, lending: noLending, clock: { now: () => now } })(line);
};

describe('what is free', () => {
  test('goes to the first in the line that it is enough for, is left to bundles for five minutes, and is idle for nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(comers, fc.nat(8), async (all, free) => {
        const { line, now } = lined(all);
        const turns = await walked(line, free, now);
        let left = free;
        for (const { waiter, chosen, keeps } of turns) {
          const count = waiter.request.needs.OFFICER ?? 0;
          expect(chosen.ok).toBe(left >= count);
          expect(chosen.picks.length).toBe(Math.min(left, count));
          expect(keeps).toBe(chosen.ok || now - Date.parse(waiter.since) < CLAIM_MS);
          if (keeps) left -= chosen.picks.length;
        }
        const given = turns.flatMap(({ keeps, chosen }) => (keeps ? chosen.picks.map(({ id }) => id) : []));
        expect(new Set(given).size).toBe(given.length);
        for (const { waiter, chosen } of turns) if (!chosen.ok) expect(left).toBeLessThan(waiter.request.needs.OFFICER ?? 0);
      }),
    );
  });

  test('one by one comes to a bundle before the single requests behind it, and after five minutes to those', async () => {
    const { line, now } = lined([
      { priority: 'NORMAL', afterS: 0, count: 3 },
      { priority: 'NORMAL', afterS: 1, count: 1 },
    ]);
    const bundleAndSingle = async (at: number) => (await walked(line, 2, at)).map(({ keeps, chosen }) => [keeps, chosen.ok]);
    expect(await bundleAndSingle(now)).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(await bundleAndSingle(NOW + CLAIM_MS)).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});
