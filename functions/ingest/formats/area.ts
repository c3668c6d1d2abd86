import type { Location } from '../../../shared/contracts/event.ts';
import { metres } from '../../../shared/domain/metres.ts';

/** WGS 84 degrees. */
export interface Spot {
  readonly lat: number;
  readonly lon: number;
}

/** Closed: the first spot is the last. */
export type Ring = readonly Spot[];

export interface Circle extends Spot {
  readonly radiusM: number;
}

/** Where an area is as one location: its centroid, and how far from there it reaches. `clamped`: further than a Location may say. */
export interface Covering {
  readonly location: Location;
  readonly clamped: boolean;
}

const FURTHEST_M = 100_000;
const METRES_PER_DEGREE = 111_195;
const RADIANS = Math.PI / 180;

export const wrapped = (lon: number): number => (lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180);

/** The mean of spots on the sphere, so that a ring across the antimeridian has its middle in it; undefined where they cancel out. */
const meanOf = (spots: readonly Spot[]): Spot | undefined => {
  let [x, y, z] = [0, 0, 0];
  for (const { lat, lon } of spots) {
    x += Math.cos(lat * RADIANS) * Math.cos(lon * RADIANS);
    y += Math.cos(lat * RADIANS) * Math.sin(lon * RADIANS);
    z += Math.sin(lat * RADIANS);
  }
  if (Math.hypot(x, y, z) < 1e-6 * Math.max(1, spots.length)) return undefined;
  return { lat: Math.atan2(z, Math.hypot(x, y)) / RADIANS, lon: Math.atan2(y, x) / RADIANS };
};

type Flat = readonly [x: number, y: number];

interface Weighed {
  readonly at: Flat;
  readonly area: number;
}

/** Area (m²) and centroid of a ring on the plane, by the shoelace formula; none where it has no area. */
const weigh = (ring: readonly Flat[]): Weighed | undefined => {
  let [area, x, y] = [0, 0, 0];
  for (const [index, [ax, ay]] of ring.slice(0, -1).entries()) {
    const [bx, by] = ring[index + 1] ?? [ax, ay];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return Math.abs(area) < 1 ? undefined : { at: [x / (3 * area), y / (3 * area)], area: Math.abs(area) / 2 };
};

/** The centroid of rings and circles by area, on a plane that touches the earth at `origin`; `origin` where none has an area. */
const centroid = (rings: readonly Ring[], circles: readonly Circle[], origin: Spot): Spot => {
  const wide = METRES_PER_DEGREE * Math.max(Math.cos(origin.lat * RADIANS), 1e-6);
  const flat = ({ lat, lon }: Spot): Flat => [wrapped(lon - origin.lon) * wide, (lat - origin.lat) * METRES_PER_DEGREE];
  const parts = [
    ...rings.map((ring) => weigh(ring.map(flat))),
    ...circles.map((circle) => ({ at: flat(circle), area: Math.PI * circle.radiusM ** 2 })),
  ].filter((part) => part !== undefined);
  const whole = parts.reduce((sum, { area }) => sum + area, 0);
  if (whole === 0) return origin;
  const along = (axis: 0 | 1): number => parts.reduce((sum, { at, area }) => sum + at[axis] * area, 0) / whole;
  const lat = Math.max(-90, Math.min(90, origin.lat + along(1) / METRES_PER_DEGREE));
  return { lat, lon: wrapped(origin.lon + along(0) / wide) };
};

const degrees = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Rings and circles as one location; undefined where there are none. Holes count as part of the area: who stands in one is warned too. */
export const covering = (rings: readonly Ring[], circles: readonly Circle[]): Covering | undefined => {
  const origin = meanOf([...rings.flatMap((ring) => ring.slice(1)), ...circles]);
  if (!origin) return undefined;
  const middle = centroid(rings, circles, origin);
  const centre = { lat: degrees(middle.lat), lon: degrees(middle.lon) };
  let reach = 0;
  for (const spot of rings.flat()) reach = Math.max(reach, metres(centre, spot));
  for (const circle of circles) reach = Math.max(reach, metres(centre, circle) + circle.radiusM);
  return { location: { ...centre, radiusM: Math.min(Math.ceil(reach), FURTHEST_M) }, clamped: reach > FURTHEST_M };
};
