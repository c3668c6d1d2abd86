import distance from '@turf/distance';

/** Geodesic metres between two places, on the sphere of radius 6,371,008.8 m. */
export const metres = (a: { lat: number; lon: number }, b: { lat: number; lon: number }): number =>
  distance([a.lon, a.lat], [b.lon, b.lat], { units: 'meters' });
