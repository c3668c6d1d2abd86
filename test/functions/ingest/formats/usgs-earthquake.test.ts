import { describe, expect, test } from 'vitest';
import { json, read, refusal } from './reading.ts';

const quake = (properties: object = {}, more: object = {}) => {
  const feature = json('quake.json');
  return { ...feature, ...more, properties: { ...(feature['properties'] as object), ...properties } };
};
const priority = (properties: object) => read('sensor_grid', quake(properties)).data.priority;

describe('an earthquake of the USGS', () => {
  test('is reported with its version, its place and all its names', () => {
    expect(read('sensor_grid', quake())).toMatchObject({
      id: 'xx100@1795367200000',
      type: 'earthquake.reported',
      time: '2026-11-22T17:00:00.000Z',
      data: {
        priority: 'MEDIUM',
        magnitude: 4.6,
        depthKm: -0.4,
        tsunami: false,
        location: { lat: 26.77, lon: -80.05, radiusM: 5000 },
        entities: [
          { kind: 'quake', id: 'xx100' },
          { kind: 'quake', id: 'yy7' },
        ],
        summary: 'M 4.6 earthquake, 12 km E of Nowhere',
      },
    });
  });

  test('in a newer version is another event of the same quake', () => {
    const [old, later] = [read('sensor_grid', quake()), read('sensor_grid', quake({ updated: 1_795_367_500_000, mag: 4.8 }))];
    expect(later.id).not.toBe(old.id);
    expect(later.data.entities).toEqual(old.data.entities);
  });

  test('is as grave as its magnitude, its losses and the sea make it', () => {
    expect([null, -0.5, 3, 4.5, 6, 7].map((mag) => priority({ mag }))).toEqual(['INFO', 'INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);
    expect(priority({ mag: 5, alert: 'red' })).toBe('CRITICAL');
    expect([4.4, 6.5, 7.5].map((mag) => priority({ mag, tsunami: 1 }))).toEqual(['MEDIUM', 'HIGH', 'CRITICAL']);
  });

  test('that was none is withdrawn, with or without a place', () => {
    expect(read('sensor_grid', quake({ status: 'deleted' }, { geometry: null }))).toMatchObject({
      type: 'earthquake.withdrawn',
      data: { priority: 'INFO' },
    });
  });

  test('that somebody made is no earthquake', () => {
    expect(read('sensor_grid', quake({ type: 'quarry blast' })).type).toBe('seismic-event.reported');
  });

  test.each([
    ['without a place', {}, { geometry: null }, 'geometry: is missing'],
    ['with a time in words', { time: 'today' }, {}, 'properties.time: is not a time in milliseconds'],
    ['with a magnitude in words', { mag: 'big' }, {}, 'properties.mag: is not a number'],
    ['without an id', {}, { id: undefined }, 'id: is missing'],
    ['that is a line', {}, { geometry: { type: 'LineString', coordinates: [] } }, 'geometry.type: is not a Point'],
  ])('%s is refused', (_, properties, more, reason) => {
    expect(refusal('sensor_grid', quake(properties, more))).toBe(reason);
  });
});
