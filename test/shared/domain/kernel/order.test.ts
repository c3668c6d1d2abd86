import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Priority, priorityRank } from '../../../../shared/contracts/vocabulary.ts';
import { AGING_MS, effectivePriority, orderOf } from '../../../../shared/domain/kernel/order.ts';
import { iso } from '../../../../shared/lambda/ids.ts';

const START = Date.UTC(2026, 10, 22, 17);
const waits = (priority: Priority, ms: number, executionId = 'x') => ({ priority, since: iso(START + ms), executionId });
const waiting = fc.tuple(fc.constantFrom(...Priority.options), fc.integer({ min: 0, max: 5 * AGING_MS }), fc.uuid());

test.prop([waiting, waiting])('CRITICAL goes before everything else, and by age', (a, b) => {
  const [x, y] = [waits('CRITICAL', a[1], a[2]), waits(b[0], b[1], b[2])];
  if (b[0] !== 'CRITICAL') expect(orderOf(x) < orderOf(y)).toBe(true);
  else if (a[1] !== b[1]) expect(orderOf(x) < orderOf(y)).toBe(a[1] < b[1]);
});

test.prop([waiting, fc.integer({ min: 1, max: AGING_MS })])(
  'within a priority whoever has waited longer goes first',
  ([priority, at, id], later) => {
    expect(orderOf(waits(priority, at, id)) < orderOf(waits(priority, at + later, id))).toBe(true);
  },
);

test.prop([waiting, waiting])('nothing but CRITICAL starves: whoever came so much later, by the levels between, goes after it', (a, b) => {
  fc.pre(a[0] !== 'CRITICAL' && b[0] !== 'CRITICAL');
  const levels = Math.max(0, priorityRank(a[0]) - priorityRank(b[0]));
  fc.pre(b[1] > a[1] + levels * AGING_MS);
  expect(orderOf(waits(a[0], a[1], a[2])) < orderOf(waits(b[0], b[1], b[2]))).toBe(true);
});

test.prop([waiting, waiting])('a higher priority goes first while neither has waited a level longer', (a, b) => {
  fc.pre(priorityRank(a[0]) < priorityRank(b[0]) && a[1] < b[1] + AGING_MS);
  expect(orderOf(waits(a[0], a[1], a[2])) < orderOf(waits(b[0], b[1], b[2]))).toBe(true);
});

test('who waits goes as of the next level after each ten minutes, up to HIGH', () => {
  const after = (ms: number) => effectivePriority(waits('LOW', 0), START + ms);
  expect([0, AGING_MS - 1, AGING_MS, 2 * AGING_MS, 9 * AGING_MS].map(after)).toEqual(['LOW', 'LOW', 'MEDIUM', 'HIGH', 'HIGH']);
  expect(effectivePriority(waits('CRITICAL', 0), START + AGING_MS)).toBe('CRITICAL');
});
