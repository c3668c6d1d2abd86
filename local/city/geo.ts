import { distance } from '@turf/distance';

export interface Place {
  readonly lat: number;
  readonly lon: number;
}

/** Metres on the sphere between two places. */
export const metres = (a: Place, b: Place): number => distance([a.lon, a.lat], [b.lon, b.lat], { units: 'meters' });

/** The place a `share` (0 to 1) of the way from `a` to `b`. Straight in degrees: a city is small. */
export const between = (a: Place, b: Place, share: number): Place => {
  const part = Math.min(1, Math.max(0, share));
  return { lat: a.lat + (b.lat - a.lat) * part, lon: a.lon + (b.lon - a.lon) * part };
};

/** Six decimals are a decimetre; more would claim what no receiver knows. */
export const rounded = ({ lat, lon }: Place): Place => ({ lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)) });
