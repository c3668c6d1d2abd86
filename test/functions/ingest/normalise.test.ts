import { expect, test } from 'vitest';
import { normalise } from '../../../functions/ingest/normalise.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import { sources } from '../../../shared/sources/index.ts';
import { only } from '../../support/only.ts';

const NOW = Date.parse('2026-11-22T17:00:00Z');
const raw = (source: string, type: string, data: object = {}): BusEvent => ({
  id: 'b-1',
  'detail-type': type,
  source,
  time: '2026-11-22T17:00:00Z',
  detail: { specversion: '1.0', id: 'e-1', source: 'x', type, data },
});

const one = (event: BusEvent, now: number) => only(normalise(event, now));

test('a source that speaks of a category which is not its own is refused, and told which are', () => {
  const refused = one(raw('weather_service', 'x.happened', { category: 'CYBER' }), NOW);
  expect(refused).toEqual({
    ok: false,
    path: 'data.category',
    reason: 'data.category: weather_service does not speak of CYBER; it speaks of EMERGENCY, ALERT, SENSOR, CITY, SYSTEM',
  });
});

test('a type that belongs to a category counts as that category', () => {
  expect(one(raw('weather_service', 'officer.distress'), NOW)).toMatchObject({ ok: false, path: 'data.category' });
  expect(one(raw('officer_safety', 'officer.distress'), NOW)).toMatchObject({ ok: true });
});

test('any source may state that it is there, and facts and units', () => {
  for (const source of Object.keys(sources)) expect(one(raw(source, 'subsystem.heartbeat'), NOW)).toMatchObject({ ok: true });
});

test('every source may speak of what it is taken for', () => {
  for (const source of Object.keys(sources)) expect(one(raw(source, 'x.happened'), NOW)).toMatchObject({ ok: true });
});

test.each([
  ['gunshot_detection', 'gunshot.detected', { location: { lat: 1e-150, lon: -80 } }, 'data.location.lat'],
  ['gunshot_detection', 'gunshot.detected', { confidence: 1e-200 }, 'data.confidence'],
  ['cad_system', 'fact.attested', { value: { until: [2 ** 60] } }, 'data.value.until.0'],
])('a number that no table keeps, in what is kept as a number, is refused with its place: %s %s %j', (source, type, data, path) => {
  expect(one(raw(source, type, data), NOW)).toMatchObject({ ok: false, path, reason: expect.stringContaining('2^53 - 1') });
});

test('any number may stand in the rest of what an event says, which is kept as text', () => {
  const data = { nanoseconds: 2 ** 61, tiny: 1e-200, huge: 1e300 };
  expect(one(raw('gunshot_detection', 'gunshot.detected', data), NOW)).toMatchObject({ ok: true, event: { data } });
});
