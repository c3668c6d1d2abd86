import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covering } from '../../../../functions/ingest/formats/area.ts';
import { metres } from '../../../../shared/domain/metres.ts';

const spot = fc.record({ lat: fc.double({ min: -80, max: 80, noNaN: true }), lon: fc.double({ min: -180, max: 180, noNaN: true }) });
const offset = fc.double({ min: -0.4, max: 0.4, noNaN: true });

/** Rings within some 60 km of a place, the antimeridian included. */
const rings = fc
  .tuple(spot, fc.array(fc.array(fc.tuple(offset, offset), { minLength: 3, maxLength: 12 }), { minLength: 1, maxLength: 3 }))
  .map(([at, all]) =>
    all.map((offsets) => {
      const ring = offsets.map(([lat, lon]) => ({ lat: at.lat + lat, lon: ((at.lon + lon + 540) % 360) - 180 }));
      return [...ring, ...ring.slice(0, 1)];
    }),
  );

test('no point of an area lies further from its centre than its radius', () => {
  fc.assert(
    fc.property(rings, (all) => {
      const { location, clamped } = covering(all, []) ?? {};
      if (!location) return;
      const furthest = Math.max(...all.flat().map((point) => metres(location, point)));
      expect(clamped ? 100_000 : location.radiusM).toBeGreaterThanOrEqual(Math.min(furthest, 100_000) - 1);
    }),
  );
});

test('the centre of a square is its middle, however many points one of its sides has', () => {
  const side = Array.from({ length: 50 }, (_, at) => ({ lat: 26 + at / 50, lon: -80 }));
  const square = [...side, { lat: 27, lon: -80 }, { lat: 27, lon: -79 }, { lat: 26, lon: -79 }, { lat: 26, lon: -80 }];
  expect(covering([square], [])?.location).toMatchObject({ lat: expect.closeTo(26.5, 2), lon: expect.closeTo(-79.5, 2) });
});

test('a circle is its own cover, and nothing has none', () => {
  expect(covering([], [{ lat: 26.7, lon: -80, radiusM: 900 }])).toEqual({
    location: { lat: 26.7, lon: -80, radiusM: 900 },
    clamped: false,
  });
  expect(covering([], [])).toBeUndefined();
});
