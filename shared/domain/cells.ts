import ngeohash from 'ngeohash';

/** Geohash of 5 characters: about 4.9 km by 4.9 km, so what lies within 500 m is in one to four cells. */
const PRECISION = 5;
const METRES_PER_DEGREE = 111_195;

export const cellOf = (lat: number, lon: number): string => ngeohash.encode(lat, lon, PRECISION);

/** Cells (geohashes of `precision` characters) that touch the box `radiusM` metres around a place, across the antimeridian too. */
export const cellsAround = (lat: number, lon: number, radiusM: number, precision = PRECISION): string[] => {
  const dLat = radiusM / METRES_PER_DEGREE;
  const dLon = Math.min(180, dLat / Math.max(Math.cos((lat * Math.PI) / 180), 1e-6));
  const [south, north] = [Math.max(-90, lat - dLat), Math.min(90, lat + dLat)];
  const spans: [number, number][] = [];
  if (dLon >= 180) spans.push([-180, 180]);
  else if (lon - dLon < -180) spans.push([-180, lon + dLon], [lon - dLon + 360, 180]);
  else if (lon + dLon > 180) spans.push([lon - dLon, 180], [-180, lon + dLon - 360]);
  else spans.push([lon - dLon, lon + dLon]);
  return [...new Set(spans.flatMap(([west, east]) => ngeohash.bboxes(south, west, north, east, precision)))];
};

/** The UTC hours (`2026-11-22T17`) that a span of time touches. */
export const hoursOf = (from: number, to: number): string[] => {
  const hours: string[] = [];
  for (let hour = Math.floor(from / 3600_000); hour <= Math.floor(to / 3600_000); hour += 1) {
    hours.push(new Date(hour * 3600_000).toISOString().slice(0, 13));
  }
  return hours;
};

/** Geohashes of one length, from the first to the last, both included. */
export type Span = readonly [first: string, last: string];

const BASE32 = '0123456789bcdefghjkmnpqrstuvwxyz';
const placeOf = (cell: string): number => [...cell].reduce((place, letter) => place * 32 + BASE32.indexOf(letter), 0);

/** The fewest spans that hold these cells and no others: neighbours often follow one another on geohash's curve, and a span is one read. */
export const spansOf = (cells: readonly string[]): Span[] => {
  const spans: [string, string][] = [];
  for (const cell of [...new Set(cells)].sort()) {
    const open = spans.at(-1);
    if (open && placeOf(open[1]) + 1 === placeOf(cell)) open[1] = cell;
    else spans.push([cell, cell]);
  }
  return spans;
};
