import * as z from 'zod';

/** What many shapes say in the same way. Every number has its unit in its name, and a range in which it can be true. */

/** A word of somebody's list: `battery-low`, `violent-crime`. */
export const Code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a lower-case word of letters, digits and dashes, such as battery-low');

/** The name of a thing in its owner's own system: a unit, a camera, a site. */
export const Name = z.string().min(1).max(100);

export const Share = z.number().min(0).max(1);
export const Percent = z.number().min(0).max(100);
export const Count = z.int().min(0).max(1_000_000);
export const SpeedKph = z.number().min(0).max(400);
export const HeadingDeg = z.number().min(0).lt(360);

/** Where a picture or a recording is kept: a path, a URL or a digest, never the picture itself. */
export const Reference = z.string().min(1).max(1024);

/** Every shape is loose: a producer may say more than we know of. */
export const shape = z.looseObject;
