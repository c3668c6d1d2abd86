import type { Source } from '../../shared/contracts/vocabulary.ts';

/** A public feed: where it is, and in whose name its features are put. */
export interface Feed {
  readonly name: string;
  readonly url: string;
  readonly source: Source;
  readonly detailType: string;
}

/** What the template may set; a feed without its URL is off. */
export interface Urls {
  readonly nws?: string | undefined;
  readonly usgs?: string | undefined;
}

/** Seismometers measure, so quakes are the sensor grid's; what warns of them (a tsunami warning) is the weather service's own alert. */
export const feedsOf = ({ nws, usgs }: Urls): Feed[] => [
  ...(nws ? [{ name: 'nws', url: nws, source: 'weather_service' as const, detailType: 'nws.alert' }] : []),
  ...(usgs ? [{ name: 'usgs', url: usgs, source: 'sensor_grid' as const, detailType: 'usgs.earthquake' }] : []),
];
