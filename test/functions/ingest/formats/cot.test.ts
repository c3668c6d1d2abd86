import { describe, expect, test } from 'vitest';
import type { Source } from '../../../../shared/contracts/vocabulary.ts';
import { read, refusal, sample } from './reading.ts';

const BEACON = sample('beacon.cot.xml');
const xml = (...changes: readonly (readonly [string, string])[]) => ({
  xml: changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`Nothing in the sample is ${from}`);
    return text.replace(from, to);
  }, BEACON),
});
const event = (source: Source, ...changes: (readonly [string, string])[]) => read(source, xml(...changes));
const typed = (type: string, source: Source = 'drone_ops') => event(source, ['b-a-o-tbl', type]).type;

describe('an event of Cursor on Target', () => {
  test('from an officer’s device, its emergency button pressed, is a call for help', () => {
    expect(event('officer_safety')).toMatchObject({
      id: 'TEST-DEVICE-7-9-1-1@2026-11-22T17:00:00.000Z',
      type: 'officer.distress',
      data: {
        priority: 'CRITICAL',
        unit: 'ADAM-12',
        location: { lat: 26.7753, lon: -80.0581, radiusM: 12 },
        errorM: 12,
        heightM: 3.5,
        courseDeg: 90,
        speedMps: 1.5,
        batteryPercent: 55,
        entities: [{ kind: 'track', id: 'TEST-DEVICE-7' }],
        remarks: 'man with a knife behind the bar',
        summary: 'An officer’s device raised an emergency',
      },
    });
  });

  test('from anybody else is a beacon, which starts nothing', () => {
    for (const source of ['drone_ops', 'robotics', 'partner_agency'] as const)
      expect(event(source)).toMatchObject({ type: 'beacon.raised', data: { priority: 'HIGH' } });
  });

  test('that cancels is never a call for help, and calls nobody off', () => {
    expect(typed('b-a-o-can', 'officer_safety')).toBe('beacon.cancelled');
    expect(event('officer_safety', ['type="911 Alert"', 'cancel="true"']).type).toBe('beacon.cancelled');
  });

  test('of an exercise is no call for help', () => {
    expect(event('officer_safety', ['how="h-e"', 'how="h-e" opex="e-spring"'])).toMatchObject({
      type: 'exercise.reported',
      data: { exercise: true },
    });
  });

  test.each([
    ['a-f-A-M-H-Q', 'unit.position'],
    ['a-h-G', 'track.reported'],
    ['b-a-g', 'geofence.breached'],
    ['b-r-f-h-c', 'evacuation.requested'],
    ['b-m-p-s-p-i', 'marker.reported'],
    ['t-x-c-t', 'subsystem.heartbeat'],
    ['b-t-f', 'cot.reported'],
  ])('of type %s is %s', (type, expected) => {
    expect(typed(type)).toBe(expected);
  });

  test('of a unit states where it is under its callsign', () => {
    expect(event('drone_ops', ['b-a-o-tbl', 'a-f-A'], ['ADAM-12', 'drone-1']).data).toMatchObject({ unit: { id: 'drone-1' } });
  });

  test('of a device that is nothing but the button’s ending is named by that', () => {
    const bare = event('officer_safety', ['TEST-DEVICE-7-9-1-1', '-9-1-1'], ['callsign="ADAM-12"', '']);
    expect(bare.data).toMatchObject({ unit: '-9-1-1', entities: [{ kind: 'track', id: '-9-1-1' }] });
  });

  test('that is stale before it starts drops its track', () => {
    expect(event('drone_ops', ['b-a-o-tbl', 'a-h-G'], ['stale="2026-11-22T17:05', 'stale="2026-11-22T16:05']).type).toBe('track.dropped');
  });

  test('with an unbounded error has a place as wide as fusion looks, and one without a position has none', () => {
    expect(event('drone_ops', ['ce="12.0"', 'ce="9999999.0"']).data.location).toEqual({ lat: 26.7753, lon: -80.0581, radiusM: 500 });
    expect(
      event('drone_ops', ['lat="26.7753" lon="-80.0581"', 'lat="0.0" lon="0.0"'], ['ce="12.0"', 'ce="9999999"']).data.location,
    ).toBeUndefined();
  });

  test.each<[string, readonly (readonly [string, string])[], string]>([
    ['without a uid', [['uid="TEST-DEVICE-7-9-1-1"', '']], 'event.uid: is missing'],
    ['of version 1', [['version="2.0"', 'version="1.0"']], 'event.version: is less than 2'],
    ['with a type that is no path', [['b-a-o-tbl', 'b--a']], 'event.type: is not a path of atoms such as a-f-G-U-C'],
    [
      'with a local time',
      [['time="2026-11-22T17:00:00.000Z"', 'time="2026-11-22T17:00:00"']],
      'event.time: is not a date and time in UTC, such as 2026-11-22T17:00:00.000Z',
    ],
    ['north of the pole', [['lat="26.7753"', 'lat="126.7753"']], 'event.point.lat: is more than 90'],
    ['with a negative error', [['ce="12.0"', 'ce="-1"']], 'event.point.ce: is less than 0'],
    ['with a place that is no number', [['lon="-80.0581"', 'lon="NaN"']], 'event.point.lon: is not a decimal number'],
    ['without an error', [['ce="12.0"', '']], 'event.point.ce: is missing'],
    ['with two points', [['<detail>', '<point lat="1" lon="1" hae="0" ce="1" le="1"/><detail>']], 'event.point: is there more than once'],
    ['with a foreign element', [['<detail>', '<payload/><detail>']], 'event.payload: is no element of Cursor on Target at this place'],
    [
      'with a DOCTYPE',
      [['<event ', '<!DOCTYPE event><event ']],
      'xml: holds a DOCTYPE or an entity; those are never read, so nothing of it is',
    ],
  ])('%s is refused', (_, changes, reason) => {
    expect(refusal('drone_ops', xml(...changes))).toBe(reason);
  });

  test('and an alert are told apart where both are spoken', () => {
    expect(event('partner_agency').data['format']).toBe('cot');
    expect(read('partner_agency', { xml: sample('flood-warning.cap.xml') }).data['format']).toBe('cap');
  });
});
