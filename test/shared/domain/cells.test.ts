import { fc, test } from '@fast-check/vitest';
import ngeohash from 'ngeohash';
import { expect } from 'vitest';
import { spansOf } from '../../../shared/domain/cells.ts';

const place = fc.record({ lat: fc.double({ min: -85, max: 85, noNaN: true }), lon: fc.double({ min: -180, max: 180, noNaN: true }) });

const neighbourhood = ({ lat, lon }: { lat: number; lon: number }, precision: number): string[] => {
  const centre = ngeohash.encode(lat, lon, precision);
  return [...new Set([centre, ...ngeohash.neighbors(centre)])];
};

test.prop([place, place, fc.constantFrom(3, 4, 5)])(
  'a cell is in a span exactly when the span was made of it',
  (here, there, precision) => {
    const cells = neighbourhood(here, precision);
    const spans = spansOf(cells);
    const held = (cell: string): boolean => spans.some(([first, last]) => first <= cell && cell <= last);
    expect(cells.every(held)).toBe(true);
    for (const cell of [...neighbourhood(there, precision), ...cells.flatMap((one) => ngeohash.neighbors(one))]) {
      expect(held(cell)).toBe(cells.includes(cell));
    }
  },
);

test('neighbours on the curve share a span', () => {
  expect(spansOf(['dhz3', 'dhz1', 'dhz2', 'dhz7'])).toEqual([
    ['dhz1', 'dhz3'],
    ['dhz7', 'dhz7'],
  ]);
  expect(spansOf(['d0z', 'd10'])).toEqual([['d0z', 'd10']]);
});
