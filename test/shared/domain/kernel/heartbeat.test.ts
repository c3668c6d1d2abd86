import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import {
  DEGRADED_AFTER,
  healthOf,
  heardFrom,
  SILENT_AFTER,
  USUAL_EVERY_S,
  worseThanTold,
} from '../../../../shared/domain/kernel/heartbeat.ts';
import { iso } from '../../../../shared/lambda/ids.ts';

const START = Date.UTC(2026, 10, 22, 17);
const heard = (everyS?: number) => heardFrom('drone_ops', undefined, everyS === undefined ? {} : { everyS }, iso(START));

test('one that was never heard is unheard, and nobody is told of it', () => {
  expect(healthOf(undefined, START)).toBe('unheard');
});

test.prop([fc.integer({ min: 5, max: 86_400 }), fc.integer({ min: 0, max: 20 })])(
  'it is judged by the heartbeats that it promised and that did not come',
  (everyS, missed) => {
    const expected = missed >= SILENT_AFTER ? 'silent' : missed >= DEGRADED_AFTER ? 'degraded' : 'healthy';
    expect(healthOf(heard(everyS), START + missed * everyS * 1000)).toBe(expected);
    expect(healthOf(heard(everyS), START + (missed + 1) * everyS * 1000 - 1)).toBe(expected);
  },
);

test('a heartbeat heals it, keeps what it left out, and an older one changes nothing', () => {
  const was = { ...heardFrom('drone_ops', undefined, { everyS: 30, version: '4.2' }, iso(START)), told: 'silent' as const };
  const now = heardFrom('drone_ops', was, {}, iso(START + 600_000));
  expect(now).toEqual({ ...was, seenAt: iso(START + 600_000), told: 'healthy', revision: 2 });
  expect(heardFrom('drone_ops', now, { everyS: 5 }, iso(START))).toBe(now);
  expect(heard().everyS).toBe(USUAL_EVERY_S);
});

test('it is told of once as degraded and once as silent, and of what is better nobody is told twice', () => {
  const at = (missed: number) => START + missed * USUAL_EVERY_S * 1000;
  const [fine, degraded, silent] = (['healthy', 'degraded', 'silent'] as const).map((told) => ({ ...heard(), told }));
  for (const [record, told] of [
    [fine, [undefined, 'degraded', 'silent']],
    [degraded, [undefined, undefined, 'silent']],
    [silent, [undefined, undefined, undefined]],
  ] as const)
    expect([0, DEGRADED_AFTER, SILENT_AFTER].map((missed) => record && worseThanTold(record, at(missed)))).toEqual(told);
});
