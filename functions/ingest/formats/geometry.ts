import * as z from 'zod';
import { type Ring, wrapped } from './area.ts';

/** GeoJSON (RFC 7946) positions: longitude first, an altitude at most beside. Feeds that cross the antimeridian go past 180. */
const Position = z
  .array(z.number({ error: 'is not a number' }))
  .min(2, 'has no longitude and latitude')
  .refine(([lon = 0, lat = 0]) => Math.abs(lat) <= 90 && Math.abs(lon) <= 540, 'is no place on earth');

const Outline = z
  .array(Position)
  .min(4, 'has fewer than four points')
  .refine(
    (ring) => ring[0]?.[0] === ring.at(-1)?.[0] && ring[0]?.[1] === ring.at(-1)?.[1],
    'is not closed: its last point is not its first',
  );

/** The shapes of an alert's area. */
export const AreaGeometry = z.discriminatedUnion(
  'type',
  [
    z.looseObject({ type: z.literal('Polygon'), coordinates: z.array(Outline).min(1, 'has no outline') }),
    z.looseObject({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Outline).min(1, 'has no outline')) }),
  ],
  { error: 'is neither a Polygon nor a MultiPolygon' },
);
export type AreaGeometry = z.infer<typeof AreaGeometry>;

/** Outlines without their holes: who stands in a hole of a warning is warned too. */
export const outlines = ({ type, coordinates }: AreaGeometry): Ring[] => {
  const outer = type === 'Polygon' ? coordinates.slice(0, 1) : coordinates.flatMap((polygon) => polygon.slice(0, 1));
  return outer.map((ring) => ring.map(([lon = 0, lat = 0]) => ({ lat, lon: wrapped(lon) })));
};
