import * as z from 'zod';
import type { Priority } from '../../../shared/contracts/vocabulary.ts';
import { wrapped } from './area.ts';
import { cloudEvent } from './cloud-event.ts';
import { ofFeatures } from './features.ts';
import { shortName } from './name.ts';
import { placeOf, refuse } from './refuse.ts';

/** The summary feed does not say how good its places are; networks agree within some kilometres. */
const ERROR_M = 5_000;
const LATEST_MS = 8.64e15;

const instant = z
  .number({ error: 'is not a time in milliseconds' })
  .int('is not a time in whole milliseconds')
  .min(0, 'is before 1970')
  .max(LATEST_MS, 'is no time');
const figure = z.number({ error: 'is not a number' }).nullish();

const Feature = z
  .looseObject({
    type: z.literal('Feature'),
    id: z.string({ error: 'is missing' }).min(1, 'is empty'),
    properties: z.looseObject({
      mag: figure,
      place: z.string().nullish(),
      time: instant,
      updated: instant,
      status: z.string().nullish(),
      type: z.string().nullish(),
      tsunami: z.number().nullish(),
      alert: z.enum(['green', 'yellow', 'orange', 'red'], { error: 'is none of green, yellow, orange, red' }).nullish(),
      ids: z.string().nullish(),
      ...{ sig: figure, felt: figure, cdi: figure, mmi: figure },
      ...{ net: z.string().nullish(), code: z.string().nullish(), url: z.string().nullish(), magType: z.string().nullish() },
    }),
    geometry: z
      .looseObject({
        type: z.literal('Point', { error: 'is not a Point' }),
        coordinates: z.tuple([z.number().min(-540).max(540), z.number().min(-90).max(90), figure.optional()], {
          error: 'is not [longitude, latitude, depth]',
        }),
      })
      .nullish(),
  })
  .refine(({ geometry, properties }) => geometry || properties.status === 'deleted', { path: ['geometry'], error: 'is missing' });
type Feature = z.infer<typeof Feature>;

const LADDER: readonly Priority[] = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
/** Magnitudes from which each rung stands: felt, damaging nearby, destructive, a catastrophe. */
const FROM = [3, 4.5, 6, 7];
const PAGER: Readonly<Record<string, number>> = { yellow: 2, orange: 3, red: 4 };

/** By magnitude, or by the USGS's own estimate of losses where that is graver. Its tsunami flag says that oceans are looked at, which is one rung more, never CRITICAL by itself. */
const priorityOf = ({ mag, tsunami, alert, status }: Feature['properties']): Priority => {
  if (status === 'deleted') return 'INFO';
  const rung = FROM.filter((from) => (mag ?? Number.NEGATIVE_INFINITY) >= from).length;
  const watched = tsunami ? Math.min(rung + 1, Math.max(rung, 3)) : rung;
  return LADDER[Math.max(watched, PAGER[alert ?? ''] ?? 0)] ?? 'INFO';
};

const typeOf = ({ status, type }: Feature['properties']): string => {
  if (status === 'deleted') return 'earthquake.withdrawn';
  return type === undefined || type === null || type === 'earthquake' ? 'earthquake.reported' : 'seismic-event.reported';
};

const summaryOf = ({ mag, place, type, status }: Feature['properties']): string => {
  const what = `${status === 'deleted' ? 'Withdrawn: ' : ''}${mag === null || mag === undefined ? 'M ?' : `M ${mag}`} ${type ?? 'earthquake'}`;
  return `${what}${place ? `, ${place}` : ''}`.slice(0, 500);
};

/** Networks name one quake each in their own way; the feed lists all its names, and the preferred one may change. */
const entities = ({ id, properties: { ids } }: Feature) =>
  [...new Set([id, ...(ids ?? '').split(',').filter((name) => name !== '')])]
    .slice(0, 20)
    .map((name) => ({ kind: 'quake', id: shortName(name) }));

const eventOf = (feature: Feature) => {
  const { id, geometry, properties } = feature;
  const { time, updated, status, mag, magType, tsunami, type, place, url, net, code, alert, sig, felt, cdi, mmi } = properties;
  const [lon, lat, depth] = geometry?.coordinates ?? [];
  return cloudEvent({
    specversion: '1.0',
    // A newer version of the same quake is an event of its own; the same version again is a duplicate.
    id: `${shortName(id)}@${updated}`,
    source: 'earthquake.usgs.gov',
    type: typeOf(properties),
    time: new Date(time).toISOString(),
    subject: shortName(id),
    data: {
      ...{ format: 'usgs-earthquake', quake: id, updated: new Date(updated).toISOString(), status },
      ...{ magnitude: mag, magnitudeType: magType, depthKm: depth, tsunami: tsunami === 1, kind: type, place },
      ...{ url, network: net, code, alert, significance: sig, felt, cdi, mmi },
      priority: priorityOf(properties),
      // The analyst has looked at it, or a machine has.
      confidence: status === 'reviewed' ? 0.95 : undefined,
      location: lat === undefined || lon === undefined ? undefined : { lat, lon: wrapped(lon), radiusM: ERROR_M },
      entities: entities(feature),
      summary: summaryOf(properties),
    },
  });
};

/** Earthquakes of a USGS GeoJSON feed: a Feature as it stands there, or the feed whole. */
export const usgsEarthquake = ofFeatures({
  name: 'usgs-earthquake',
  recognises: (properties) => ['mag', 'updated', 'net'].every((name) => name in properties),
  adapt: (feature) => {
    const read = Feature.safeParse(feature);
    if (read.success) return eventOf(read.data);
    const [issue] = read.error.issues;
    return refuse(placeOf('', issue?.path ?? []), issue?.message ?? 'is no earthquake');
  },
});
