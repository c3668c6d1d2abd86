import type { Location } from '../../../../shared/contracts/event.ts';
import { covering, type Spot } from '../area.ts';
import { readXml, within, type XmlElement } from '../xml.ts';
import type { Eido } from './schema.ts';

type Place = NonNullable<Eido['locationComponent']>[number];

/** The incident's place before the caller's, and both before the one that only routed the call: that is a tower or a whole county. */
const ORDER = [/incident/i, /caller/i];

const rankOf = ({ locationTypeDescriptionRegistryText: kind }: Place): number => {
  if (/rout/i.test(kind)) return ORDER.length + 1;
  const rank = ORDER.findIndex((words) => words.test(kind));
  return rank < 0 ? ORDER.length : rank;
};

const spotsOf = (text: string, dimensions: number): Spot[] => {
  const numbers = text.split(/\s+/).map(Number);
  const spots = [];
  for (let at = 0; at + 1 < numbers.length; at += dimensions)
    spots.push({ lat: numbers[at] ?? Number.NaN, lon: numbers[at + 1] ?? Number.NaN });
  return spots.every(({ lat, lon }) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180) ? spots : [];
};

const metresIn = (shape: XmlElement, name: string): number => {
  const value = Number(within(shape, name)[0]?.text ?? 0);
  return Number.isFinite(value) && value > 0 ? value : 0;
};

/** The geodetic shape of a PIDF-LO (RFC 5491): point, circle, ellipse or polygon, latitude first. A civic address alone has none. */
const inPidf = (root: XmlElement): Location | undefined => {
  const [position] = within(root, 'pos');
  if (position) {
    const [spot] = spotsOf(position.text, 3);
    const radiusM = Math.max(metresIn(root, 'radius'), metresIn(root, 'semiMajorAxis'));
    return spot && covering([], [{ ...spot, radiusM }])?.location;
  }
  const corners = within(root, 'posList').flatMap(({ text }) => spotsOf(text, 2));
  return corners.length < 4 ? undefined : covering([corners], [])?.location;
};

/** `geo:26.77,-80.05;u=25` (RFC 5870). */
const inGeoUri = (uri: string): Location | undefined => {
  const [, lat, lon, more = ''] = /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,-?[\d.]+)?((?:;[^;]*)*)$/i.exec(uri) ?? [];
  const [spot] = spotsOf(`${lat} ${lon}`, 2);
  const radiusM = Number(/;u=([\d.]+)/i.exec(more)?.[1] ?? 0);
  return lat === undefined || !spot ? undefined : covering([], [{ ...spot, radiusM: Number.isFinite(radiusM) ? radiusM : 0 }])?.location;
};

/** Where it is, which locations could not be read, and which must not be. */
export interface Where {
  readonly location?: Location | undefined;
  readonly unreadable: readonly string[];
  readonly hostile?: { readonly path: string; readonly says: string };
}

/** The best place that an EIDO gives as coordinates. A malformed one costs no call; a hostile one (a DOCTYPE) does. */
export const whereOf = ({ locationComponent = [] }: Eido): Where => {
  const unreadable: string[] = [];
  const found: { rank: number; location: Location }[] = [];
  for (const [index, place] of locationComponent.entries()) {
    const { locationByValue: value, locationByReferenceUrl: url = '' } = place;
    const path = `locationComponent[${index}].locationByValue`;
    const read = value === undefined ? undefined : readXml(value);
    if (read && !read.ok) {
      if (/<!(DOCTYPE|ENTITY)/i.test(value ?? '')) return { unreadable, hostile: { path, says: read.says } };
      unreadable.push(path);
    }
    const location = (read?.ok ? inPidf(read.root) : undefined) ?? inGeoUri(url);
    if (location) found.push({ rank: rankOf(place), location });
  }
  found.sort((a, b) => a.rank - b.rank);
  return { location: found[0]?.location, unreadable };
};
