import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/publish/handler.ts';
import { byHour } from '../../../functions/publish/hours.ts';
import { addFigures, noFigures } from '../../../shared/domain/figures.ts';
import { hoursStore } from '../../../shared/stores/hours.ts';
import { entry, sockets, streamed } from './ground.ts';

const A = 'journal-01';
const SHOT = 'gunshot_detection#s-1';
const figures = (some: object) => ({ ...noFigures(), ...some });
const at = (at: string) => ({ at });

describe('what entries add to the hours', () => {
  test('events count for their source, in the hour of their entry', () => {
    const entries = [
      entry(A, 1, 'event.accepted', { eventKey: SHOT }, at('2026-11-22T17:59:59.999Z')),
      entry(A, 2, 'event.fused', { eventKey: SHOT }, at('2026-11-22T17:59:59.999Z')),
      entry(A, 3, 'event.accepted', { eventKey: 'cad_system#c#1' }, at('2026-11-22T18:00:00.000Z')),
    ];
    expect(byHour(entries)).toEqual([
      { source: 'gunshot_detection', hour: '2026-11-22T17', figures: figures({ accepted: 1, fused: 1 }) },
      { source: 'cad_system', hour: '2026-11-22T18', figures: figures({ accepted: 1 }) },
    ]);
  });

  test('an end in a later hour counts in the hour in which it began', () => {
    const later = at('2026-11-22T18:00:01.000Z');
    const entries = [
      entry(
        A,
        1,
        'event.fused',
        { hour: '2026-11-22T17', items: [{ eventKey: SHOT }, { eventKey: 'dispatch#d', hour: '2026-11-22T16' }] },
        later,
      ),
      entry(A, 2, 'match.started', { eventKey: SHOT, hour: '2026-11-22T17' }, later),
    ];
    expect(byHour(entries)).toEqual([
      { source: 'gunshot_detection', hour: '2026-11-22T17', figures: figures({ fused: 1, started: 1 }) },
      { source: 'dispatch', hour: '2026-11-22T16', figures: figures({ fused: 1 }) },
    ]);
  });

  test('whoever is registered nowhere shares one row, and what no event asked for is SWOE’s own', () => {
    const entries = [
      entry(A, 1, 'event.dead-lettered', { busId: 'b', source: 'my_garage' }),
      entry(A, 2, 'event.dead-lettered', { busId: 'c', source: 'x'.repeat(60) }),
      entry(A, 3, 'match.made', { eventKey: 'request#r-1' }),
      entry(A, 4, 'match.made', { eventKey: 'gunfire-response-i1#completed' }),
      entry(A, 5, 'workflow.completed', { workflow: 'w' }),
    ];
    expect(byHour(entries).map(({ source, figures: { deadLettered, matched } }) => [source, deadLettered, matched])).toEqual([
      ['unregistered', 2, 0],
      ['swoe', 0, 2],
    ]);
  });

  test('drops are told apart by their reason', () => {
    const dropped = ['duplicate', 'duplicate', 'shed:LOW'].map((reason, n) => entry(A, n + 1, 'event.dropped', { eventKey: SHOT, reason }));
    expect(byHour(dropped)[0]?.figures.dropped).toEqual({ duplicate: 2, 'shed:LOW': 1 });
  });
});

const rowsOf = (ground: ReturnType<typeof sockets>) =>
  hoursStore(ground.client, 'channels').between('gunshot_detection', '2026-11-22T17', '2026-11-22T17');
const story = (stream: string, n: number) => {
  const eventKey = `gunshot_detection#${stream}-${n}`;
  return [
    entry(stream, 2 * n + 1, 'event.accepted', { eventKey }),
    entry(stream, 2 * n + 2, n % 3 ? 'event.fused' : 'event.dropped', { eventKey, reason: 'duplicate' }),
  ];
};

describe('the hours as they are stored', () => {
  test('a second delivery adds nothing', async () => {
    const ground = sockets();
    const publish = create(ground.runtime);
    await publish(streamed(...story(A, 0)));
    await publish(streamed(...story(A, 0), ...story(A, 1)));
    expect(await rowsOf(ground)).toEqual([
      { source: 'gunshot_detection', hour: '2026-11-22T17', figures: figures({ accepted: 2, fused: 1, dropped: { duplicate: 1 } }) },
    ]);
  });

  test.each([1, 2, 3, 4, 5])('invocations that run at once, some twice, add each event once (seed %i)', async (seed) => {
    const ground = sockets({ seed, shuffle: true });
    const batches = Array.from({ length: 12 }, (_, n) => [...story(`journal-${10 + n}`, 0), ...story(`journal-${10 + n}`, 1)]);
    const all = [...batches, ...batches.slice(0, 6)].map((batch) => create(ground.runtime)(streamed(...batch)));
    await ground.settle(Promise.all(all));
    const [row] = await ground.settle(rowsOf(ground));
    expect(row?.figures).toEqual(figures({ accepted: 24, fused: 12, dropped: { duplicate: 12 } }));
  });
});

const anyFigures = fc
  .record({ accepted: fc.nat(1000), fused: fc.nat(1000), dropped: fc.dictionary(fc.constantFrom('duplicate', 'repeat'), fc.nat(1000)) })
  .map((some) => figures(some));
property.prop([anyFigures, anyFigures, anyFigures])('figures add up in any order', (a, b, c) => {
  expect(addFigures(a, addFigures(b, c))).toEqual(addFigures(addFigures(c, a), b));
});
