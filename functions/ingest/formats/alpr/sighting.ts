import { sha256 } from '../../../../shared/lambda/ids.ts';
import type { Adapted } from '../format.ts';
import { digestOf, placeOf, refused } from '../record.ts';

/** What every plate reader says, whatever it calls it. */
export interface Sighting {
  readonly vendor: string;
  /** As it was read; ingest takes the punctuation out. `field` is where the vendor says it. */
  readonly plate: string;
  readonly field: string;
  /** RFC 3339; without it the bus's time stands. */
  readonly time?: string | undefined;
  readonly confidence?: number | undefined;
  readonly region?: string | undefined;
  readonly camera?: string | undefined;
  readonly imageRef?: string | undefined;
  /** The list that it is on; a plate on none was read, not hit. */
  readonly hotList?: string | undefined;
  readonly vehicle?: string | undefined;
  /** Other plates in the same picture, and how sure the reader is of each. */
  readonly others?: readonly { readonly plate: string; readonly confidence: number }[];
  /** The message as it came, and the part of it where place and speed stand, if that is not the whole. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly seen?: Readonly<Record<string, unknown>>;
}

const GPS_RADIUS_M = 15;
const KPH_PER_MPH = 1.609344;

const firstOf = (record: Readonly<Record<string, unknown>>, names: readonly string[]): unknown =>
  names.map((name) => record[name]).find((value) => value !== undefined && value !== null && value !== '');

/** A speed whose unit its name tells; what calls itself `speed` alone may be either, so it is left in the record. */
const speedOf = (record: Sighting['record']): { speedKph?: number } => {
  const kph = Number(firstOf(record, ['speed_kph', 'speed_kmh', 'speedKph', 'speedKmh']));
  const speed = Number.isFinite(kph) ? kph : Number(firstOf(record, ['speed_mph', 'speedMph'])) * KPH_PER_MPH;
  return speed >= 0 && speed <= 400 ? { speedKph: Math.round(speed * 10) / 10 } : {};
};

/** Some readers put 0/0 or -1/-1 where they know no place. */
const whereOf = (record: Sighting['record']) => {
  const lat = firstOf(record, ['latitude', 'lat', 'gps_latitude']);
  const lon = firstOf(record, ['longitude', 'lon', 'lng', 'gps_longitude']);
  return Number(lat) === Number(lon) && [0, -1].includes(Number(lat)) ? {} : placeOf(lat, lon, GPS_RADIUS_M);
};

const listOf = ({ hotList, record }: Sighting): string | undefined => {
  const named = hotList ?? firstOf(record, ['hot_list', 'hotlist', 'hotList']);
  if (named === undefined || named === false) return undefined;
  return typeof named === 'string' ? named.slice(0, 100) : 'hot list';
};

/** A picture inside the message is known by its digest. */
export const pictureIn = (picture: unknown): string | undefined =>
  typeof picture === 'string' && picture !== '' ? `sha256:${sha256(picture)}` : undefined;

/** Left out where there is nothing to say. */
const given = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The event of one sighting: `plate.hit` where the reader found it on a list, `plate.read` otherwise. The summary names the camera, never the plate. */
export const sighted = (sighting: Sighting) => {
  const { vendor, plate, field, time, confidence, region, camera, imageRef, vehicle, others, record, seen = record } = sighting;
  if (!/[\p{L}\p{N}]/u.test(plate)) return refused(field, 'holds no letter and no digit, so it is no plate') satisfies Adapted;
  const hotList = listOf(sighting);
  const sure = confidence !== undefined && confidence >= 0 && confidence <= 1 ? confidence : undefined;
  return {
    specversion: '1.0' as const,
    id: `${vendor}/${digestOf(record)}`,
    source: camera || vendor,
    type: hotList ? 'plate.hit' : 'plate.read',
    ...given({ time }),
    data: {
      ...whereOf(seen),
      entities: [{ kind: 'plate', id: plate.trim() }],
      summary: `A plate ${hotList ? 'on a hot list ' : ''}was read${camera ? ` by ${camera}` : ''}`,
      image: imageRef !== undefined,
      ...given({ confidence: sure, plateConfidence: sure, region: region?.toUpperCase() || undefined, camera: camera || undefined }),
      ...given({ imageRef: imageRef?.slice(0, 1024), hotList, vehicle, others: others?.length ? others : undefined }),
      ...speedOf(seen),
      record,
    },
  };
};
