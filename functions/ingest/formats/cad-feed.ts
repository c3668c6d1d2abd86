import * as z from 'zod';
import type { Adapted, Format } from './format.ts';
import { isObject, placeOf, reading } from './record.ts';

/** A dispatch system's feed of changes: one record each time a call is opened, updated or cleared, with its place and units as they are then. */

/** What a dispatcher's geocoded address is good for, in metres. */
const ADDRESS_RADIUS_M = 50;

const Change = z.looseObject({
  observed: z.string().min(1).max(64),
  change: z.enum(['opened', 'updated', 'cleared'], 'is not opened, updated or cleared'),
  id: z.string().min(1).max(128),
  category: z.string().nullish(),
  units: z.string().nullish(),
  changed: z.array(z.string()).nullish(),
  latitude: z.unknown().optional(),
  longitude: z.unknown().optional(),
});

/** `>E77>E2 ?TAC16 CM11X4`: units run together, marked with what the desk thinks of them, among the talk groups they use. */
const unitsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s>*?,]+/)
      .filter((word) => /^[A-Z]{1,4}\d[A-Z0-9]{0,9}$/i.test(word) && !/^TAC\d/i.test(word))
      .slice(0, 200),
  ),
];

export const cadFeed: Format<Adapted> = {
  name: 'cad-feed',
  recognises: (detail) => isObject(detail) && ['observed', 'change', 'id'].every((name) => typeof detail[name] === 'string'),
  adapt: reading(Change, (record) => {
    const { observed, change, id, category, units, changed, latitude, longitude } = record;
    const at = Date.parse(observed);
    return {
      specversion: '1.0',
      id: `${id}/${observed}/${change}`,
      source: 'cad_system',
      type: `call.${change}`,
      ...(Number.isNaN(at) ? {} : { time: new Date(at).toISOString() }),
      data: {
        ...placeOf(latitude, longitude, ADDRESS_RADIUS_M),
        entities: [{ kind: 'cad-incident', id }],
        summary: `${(category ?? 'Call').slice(0, 200)} ${change} (${id})`,
        ...(units == null ? {} : { units: unitsOf(units) }),
        ...(changed ? { changed } : {}),
        record,
      },
    };
  }),
};
