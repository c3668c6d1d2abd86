import * as z from 'zod';
import type { Source } from '../../shared/contracts/vocabulary.ts';

/** A public feed: where it is, and in whose name its features are put. */
export interface Feed {
  readonly name: string;
  readonly url: string;
  readonly source: Source;
  readonly detailType: string;
}

/** The addresses that the template sets, as JSON; a feed without one is off. */
const Addresses = z.object({ nws: z.string().optional(), usgs: z.string().optional() });

/** Seismometers measure, so quakes are the sensor grid's; what warns of them (a tsunami warning) is the weather service's own alert. */
export const feedsOf = (addresses: string): Feed[] => {
  const { nws, usgs } = Addresses.parse(JSON.parse(addresses));
  return [
    ...(nws ? [{ name: 'nws', url: nws, source: 'weather_service' as const, detailType: 'nws.alert' }] : []),
    ...(usgs ? [{ name: 'usgs', url: usgs, source: 'sensor_grid' as const, detailType: 'usgs.earthquake' }] : []),
  ];
};
