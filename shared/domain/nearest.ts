import ngeohash from 'ngeohash';
import type { Location } from '../contracts/event.ts';
import type { ResourceType } from '../contracts/vocabulary.ts';
import type { ResourcesStore } from '../stores/resources.ts';
import { spansOf } from './cells.ts';
import { metres } from './metres.ts';

/** Beyond this a unit is another city's (metres). */
const REACH_M = 19_000;

/** A geohash of so many characters, and how far out its nine cells surely reach (metres): the shorter side of one cell, at 60° of latitude. */
const RINGS: readonly { precision: number; sureM: number }[] = [
  { precision: 5, sureM: 2_400 },
  { precision: 4, sureM: REACH_M },
];

export interface NearestDeps {
  resources: Pick<ResourcesStore, 'free'>;
}

export interface Candidate {
  id: string;
  distanceM: number;
}

/** Of two at the same distance the one whose id comes first, so that the order is the same for everybody. */
export const nearestFirst = (a: Candidate, b: Candidate): number => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1);

/**
 * The nearest free units of a type, nearest first, by geodesic distance: widening rings of cells until as many as wanted
 * are surely the nearest. Cost grows with the units near the place, not with the fleet.
 */
export const nearest =
  ({ resources }: NearestDeps) =>
  async (type: ResourceType, place: Location, wanted: number): Promise<Candidate[]> => {
    let sure: Candidate[] = [];
    for (const { precision, sureM } of RINGS) {
      const centre = ngeohash.encode(place.lat, place.lon, precision);
      const rows = await Promise.all(spansOf([centre, ...ngeohash.neighbors(centre)]).map((span) => resources.free(type, span)));
      const units = new Map(rows.flat().map(({ id, lat, lon }) => [id, { id, distanceM: Math.round(metres(place, { lat, lon })) }]));
      sure = [...units.values()]
        .filter(({ distanceM }) => distanceM <= sureM)
        .sort(nearestFirst)
        .slice(0, wanted);
      if (sure.length === wanted) break;
    }
    return sure;
  };
