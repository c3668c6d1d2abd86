import { describe, expect, test } from 'vitest';
import { json, read, refusal, sample } from './reading.ts';

const alert = (properties: object = {}, more: object = {}) => {
  const feature = json('nws-alert.json');
  return { ...feature, ...more, properties: { ...(feature['properties'] as object), ...properties } };
};

describe('an alert of the Weather Service', () => {
  test('becomes a weather alert in the words of CAP', () => {
    const event = read('weather_service', alert());
    expect(event).toMatchObject({
      id: 'duty@weather.example,urn:test:1',
      type: 'weather.alert',
      time: '2026-11-22T17:00:00.000Z',
      data: {
        priority: 'CRITICAL',
        msgType: 'Update',
        severity: 'Extreme',
        urgency: 'Immediate',
        references: [{ id: 'duty@weather.example,urn:test:0', sent: '2026-11-22T16:00:00.000Z' }],
        same: ['012099'],
        ugc: ['FLC099'],
        eventCodes: { SAME: ['TOR'], NWS: ['TOW'] },
        location: { lat: expect.closeTo(26.75, 3), lon: expect.closeTo(-80.05, 3) },
      },
    });
    expect(event.data).not.toHaveProperty('unreadable');
  });

  test('is the same event as its CAP original', () => {
    const xml = sample('flood-warning.cap.xml').replace('flood-2026-17', 'urn:test:1');
    expect(read('weather_service', { xml }).id).toBe(read('weather_service', alert()).id);
  });

  test('without a geometry has its codes and no place', () => {
    const event = read('weather_service', alert({}, { geometry: null }));
    expect(event.data.location).toBeUndefined();
    expect(event.data).toMatchObject({ same: ['012099'], ugc: ['FLC099'] });
  });

  test('over several islands reaches all of them', () => {
    const square = (lon: number) => [
      [
        [lon, 26.7],
        [lon, 26.8],
        [lon + 0.1, 26.8],
        [lon + 0.1, 26.7],
        [lon, 26.7],
      ],
    ];
    const event = read('weather_service', alert({}, { geometry: { type: 'MultiPolygon', coordinates: [square(179.8), square(-180)] } }));
    expect(event.data.location).toMatchObject({ lon: expect.closeTo(179.95, 2), radiusM: expect.closeTo(15_900, -3) });
  });

  test('with a time that cannot be read is taken at the bus’s time, and says which', () => {
    const event = read('weather_service', alert({ sent: 'a moment ago', expires: 'soon' }));
    expect(event).toMatchObject({ time: '2026-11-22T17:00:30.000Z', data: { unreadable: ['sent', 'expires'] } });
  });

  test('that is a test is no weather alert', () => {
    expect(read('weather_service', alert({ status: 'Test' }))).toMatchObject({ type: 'alert.test', data: { exercise: true } });
  });

  test.each([
    ['without a severity', { severity: undefined }, {}, 'properties.severity: is missing'],
    ['with an unknown status', { status: 'Sure' }, {}, 'properties.status: is none of Actual, Exercise, System, Test, Draft'],
    [
      'with an open ring',
      {},
      {
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [0, 1],
              [1, 1],
              [1, 0],
            ],
          ],
        },
      },
      'geometry.coordinates[0]: is not closed: its last point is not its first',
    ],
    ['at a point', {}, { geometry: { type: 'Point', coordinates: [0, 0] } }, 'geometry.type: is neither a Polygon nor a MultiPolygon'],
    ['with a reference to nobody', { references: [{ identifier: 'x' }] }, {}, 'properties.references[0].sender: is missing'],
  ])('%s is refused', (_, properties, more, reason) => {
    expect(refusal('weather_service', alert(properties, more))).toBe(reason);
  });

  test('is not spoken by who is not said to speak it', () => {
    expect(refusal('cyber_intel', alert())).toMatch(/^specversion: /);
  });
});
