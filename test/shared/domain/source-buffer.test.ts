import { describe, expect, test } from 'vitest';
import { bufferOf } from '../../../shared/domain/source-buffer.ts';
import { sources } from '../../../shared/sources/index.ts';
import type { SourceState } from '../../../shared/stores/source-state.ts';

const NOW = Date.UTC(2026, 10, 22, 17, 0, 30);
const MINUTE = NOW / 60_000 - 0.5;
const spec = { ...sources.sensor_grid, rate: { perSecond: 100, burst: 200 }, buffer: 1000 };
const heard: SourceState = {
  source: 'sensor_grid',
  received: 0,
  fates: { delayed: {}, shed: {}, repeats: {} },
  errors: 0,
  inMinute: 0,
  before: 0,
};
const view = (more: Partial<SourceState>, silentAfterS?: number) => bufferOf({ ...spec, silentAfterS }, { ...heard, ...more }, NOW);

describe('the state of a source', () => {
  test('is ok while its turns keep up with the clock', () => {
    expect(view({ next: NOW * 1000, lastSeenAt: NOW })).toMatchObject({ state: 'ok', waiting: 0 });
    expect(view({ next: (NOW + 10) * 1000, lastSeenAt: NOW })).toMatchObject({ state: 'ok', waiting: 0 });
  });

  test('is delaying from the first event whose turn has not come', () => {
    expect(view({ next: (NOW + 20) * 1000 })).toMatchObject({ state: 'delaying', waiting: 1 });
    expect(view({ next: (NOW + 10_000) * 1000 })).toMatchObject({ state: 'delaying', waiting: 999 });
  });

  test('is shedding for a minute after the last event that was shed', () => {
    expect(view({ lastShedAt: NOW - 59_999 }).state).toBe('shedding');
    expect(view({ lastShedAt: NOW - 60_000 }).state).toBe('ok');
  });

  test('is silent after the time that its source declares, or when it was never heard; others are never silent', () => {
    expect(view({ lastSeenAt: NOW - 60_000 }, 60).state).toBe('ok');
    expect(view({ lastSeenAt: NOW - 60_001 }, 60).state).toBe('silent');
    expect(view({}, 60).state).toBe('silent');
    expect(view({}).state).toBe('ok');
  });
});

describe('events a minute', () => {
  test('are this minute’s and the part of the last one that is not a minute ago', () => {
    expect(view({ minute: MINUTE, inMinute: 40, minuteBefore: MINUTE - 1, before: 100 }).perMinute).toBe(90);
  });

  test('are half of the last minute’s where this one has none yet and is half over', () => {
    expect(view({ minute: MINUTE - 1, inMinute: 100, minuteBefore: MINUTE - 2, before: 700 }).perMinute).toBe(50);
  });

  test('leave out minutes that are over', () => {
    expect(view({ minute: MINUTE, inMinute: 40, minuteBefore: MINUTE - 5, before: 100 }).perMinute).toBe(40);
    expect(view({ minute: MINUTE - 2, inMinute: 40 }).perMinute).toBe(0);
    expect(view({}).perMinute).toBe(0);
  });
});
