import { describe, expect, test } from 'vitest';
import type { Charge } from '../../../shared/stores/source-charge.ts';
import { rooms } from '../../support/rooms.ts';

const NOW = Date.UTC(2026, 10, 22, 17);
const SLOT = 10_000;
const FLOOR = NOW * 1000 - 199 * SLOT;

const charge = (more: Partial<Charge> = {}): Charge => ({
  source: 'cad_system',
  now: NOW,
  idle: true,
  floor: FLOOR,
  above: Number.NEGATIVE_INFINITY,
  upTo: NOW * 1000,
  take: SLOT,
  sameMinute: false,
  received: 1,
  lastEventAt: '2026-11-22T16:59:58.000Z',
  fates: { delayed: {}, shed: {}, repeats: {} },
  ...more,
});

describe('a charge', () => {
  test('starts at the floor where a source was idle, and after that where the one before ended', async () => {
    const { stores } = rooms();
    expect(await stores.sources.charge(charge())).toMatchObject({ ok: true, state: { next: FLOOR + SLOT, received: 1, inMinute: 1 } });
    const more = charge({ idle: false, sameMinute: true, take: 2 * SLOT, received: 2 });
    expect(await stores.sources.charge(more)).toMatchObject({ ok: true, state: { next: FLOOR + 3 * SLOT, received: 3, inMinute: 3 } });
  });

  test.each([
    ['the source was not idle', { sameMinute: true, floor: FLOOR }],
    ['its next turn is not above the bound', { idle: false, sameMinute: true, above: FLOOR + SLOT }],
    ['its next turn is beyond the bound', { idle: false, sameMinute: true, upTo: FLOOR + SLOT - 1 }],
    ['the minute was begun by another', { idle: false }],
    ['the minute was begun by nobody', { idle: false, sameMinute: true, now: NOW + 60_000 }],
  ])('changes nothing and says how things stand where %s', async (_, more) => {
    const { stores } = rooms();
    await stores.sources.charge(charge());
    const stands = { next: FLOOR + SLOT, received: 1, minute: NOW / 60_000, inMinute: 1 };
    expect(await stores.sources.charge(charge(more))).toMatchObject({ ok: false, state: stands });
    expect((await stores.sources.health())[0]).toMatchObject({ source: 'cad_system', ...stands });
  });

  test('keeps the count of the minute before when a new one begins', async () => {
    const { stores } = rooms();
    await stores.sources.charge(charge({ received: 7 }));
    const { state } = await stores.sources.charge(charge({ idle: false, now: NOW + 60_000, received: 2, upTo: Number.POSITIVE_INFINITY }));
    expect(state).toMatchObject({ minute: NOW / 60_000 + 1, inMinute: 2, minuteBefore: NOW / 60_000, before: 7, received: 9 });
  });
});

test('a source that was only refused is charged like one that was never heard', async () => {
  const { stores } = rooms();
  await stores.sources.refused('cad_system', 2, NOW);
  expect(await stores.sources.charge(charge())).toMatchObject({ ok: true, state: { next: FLOOR + SLOT, errors: 2 } });
});

test('what was dropped is found among others, each once', async () => {
  const ground = rooms();
  await ground.stores.journal.commit('b1', [], [ground.stores.sources.dropped('b1', 'k', 'repeat', NOW)]);
  expect(await ground.stores.sources.droppedAmong(['b0', 'b1', 'b1'])).toEqual(new Set(['b1']));
  expect(await ground.stores.journal.commit('b1', [], [ground.stores.sources.dropped('b1', 'k', 'shed:LOW', NOW)])).toEqual({
    ok: false,
    failed: [0],
  });
});

test('nobody is known to repeat what nobody saw', async () => {
  expect(await rooms().stores.sources.repeatsOf('nothing')).toBeUndefined();
});
