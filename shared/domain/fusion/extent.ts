import type { Extent } from '../../contracts/incident.ts';
import type { Observation } from './observation.ts';
import { firmPlace } from './span.ts';

type Point = Extent['sum'];

const UNIT = 1e9;
const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;

const pointOf = ({ lat, lon }: { lat: number; lon: number }): Point => [
  Math.round(UNIT * Math.cos(lat * RAD) * Math.cos(lon * RAD)),
  Math.round(UNIT * Math.cos(lat * RAD) * Math.sin(lon * RAD)),
  Math.round(UNIT * Math.sin(lat * RAD)),
];

export const extentOf = (seen: Observation): { extent?: Extent } => {
  const place = firmPlace(seen);
  if (!place) return {};
  const point = pointOf(place);
  return { extent: { places: 1, sum: point, low: point, high: point, radiusM: seen.radiusM ?? 0 } };
};

const each = (a: Point, b: Point, of: (a: number, b: number) => number): Point => [of(a[0], b[0]), of(a[1], b[1]), of(a[2], b[2])];

export const joined = (a: Extent | undefined, b: Extent | undefined): { extent?: Extent } => {
  if (!a || !b) return a || b ? { extent: a ?? b } : {};
  return {
    extent: {
      places: a.places + b.places,
      sum: each(a.sum, b.sum, (one, other) => one + other),
      low: each(a.low, b.low, Math.min),
      high: each(a.high, b.high, Math.max),
      radiusM: Math.max(a.radiusM, b.radiusM),
    },
  };
};

/** Metres from corner to corner of the box around all places, measured through the earth and back up: no two members are further apart. */
export const acrossM = ({ low, high }: Extent): number => {
  const chord = Math.hypot(...each(high, low, (one, other) => one - other)) / UNIT;
  return 2 * EARTH_M * Math.asin(Math.min(1, chord / 2));
};

/** The middle of all places (degrees), and within how many metres of it they and their errors lie. Undefined where no place is known. */
export const centroidOf = (extent: Extent | undefined): { lat: number; lon: number; radiusM: number } | undefined => {
  if (!extent) return undefined;
  const [x, y, z] = extent.sum;
  const [lat, lon] = [Math.atan2(z, Math.hypot(x, y)) / RAD, Math.atan2(y, x) / RAD];
  return { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), radiusM: Math.round(acrossM(extent) + extent.radiusM) };
};
