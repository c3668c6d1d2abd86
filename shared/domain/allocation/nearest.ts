import type { Location } from '../../contracts/event.ts';
import type { Resource } from '../../contracts/resource.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';
import type { ResourcesStore } from '../../stores/resources.ts';
import { cellsAround, type Span, spansOf } from '../cells.ts';
import { metres } from '../metres.ts';
import { type Asked, unfit } from './fit.ts';
import { etaS, staleS } from './travel.ts';

/** How far out is looked, nearer first: each radius (metres) with the length of geohash whose cells hold it in the fewest reads. Beyond the last a unit is another city's. */
const RINGS: readonly { radiusM: number; precision: number }[] = [
  { radiusM: 150, precision: 7 },
  { radiusM: 600, precision: 6 },
  { radiusM: 2_400, precision: 5 },
  { radiusM: 19_000, precision: 4 },
];
/** So far (metres) somebody fresh is looked for before a unit is sent whose position is old. */
const FRESH_WITHIN_M = 2_400;

export interface NearestDeps {
  resources: Pick<ResourcesStore, 'free'>;
}

/** A unit that could be sent, and how far it has to come: geodesic metres, and estimated seconds where it travels. `staleS` is its position's age (s) where that is too old. */
export interface Candidate {
  readonly unit: Resource;
  readonly distanceM: number;
  readonly etaS?: number | undefined;
  readonly staleS?: number | undefined;
}

/** A unit that was looked at and passed over. */
export interface Passed extends Candidate {
  readonly because: string;
}

/** The nearer first; of two at the same distance the one whose id comes first, so that the order is the same for everybody. */
export const nearerFirst = (a: Candidate, b: Candidate): number => a.distanceM - b.distanceM || (a.unit.id < b.unit.id ? -1 : 1);

/** Fresh positions first, then the nearer. */
export const nearestFirst = (a: Candidate, b: Candidate): number =>
  Number(a.staleS !== undefined) - Number(b.staleS !== undefined) || nearerFirst(a, b);

export const candidate = (unit: Resource, place: Location, now: number): Candidate => {
  const distanceM = Math.round(metres(place, unit.location));
  return { unit, distanceM, etaS: etaS(unit.type, distanceM), staleS: staleS(unit.type, unit.locatedAt, now) };
};

/** The spans of cells that hold all within a distance of a place, by the smallest ring that does. */
export const spansWithin = (place: Location, distanceM: number): Span[] => {
  const { radiusM = 0, precision = 4 } = RINGS.find((ring) => distanceM <= ring.radiusM) ?? RINGS.at(-1) ?? {};
  return spansOf(cellsAround(place.lat, place.lon, radiusM, precision));
};

const within = async ({ resources }: NearestDeps, type: ResourceType, place: Location, radiusM: number, now: number) => {
  const rows = await Promise.all(spansWithin(place, radiusM).map((span) => resources.free(type, span)));
  const units = new Map(rows.flat().map((unit) => [unit.id, unit]));
  return [...units.values()].map((unit) => candidate(unit, place, now)).filter(({ distanceM }) => distanceM <= radiusM);
};

/**
 * The nearest free units of a type that may be sent on this, and those that may not with why: widening rings until as many as wanted are
 * surely the nearest. A unit whose position is old comes after the fresh ones within 2.4 km, and is never left out: a silent receiver is
 * still a crew that can go. Cost grows with the units near the place, not with the fleet.
 */
export const nearest =
  (deps: NearestDeps) =>
  async (type: ResourceType, place: Location, wanted: number, asked: Asked): Promise<{ fit: Candidate[]; passed: Passed[] }> => {
    let found: { fit: Candidate[]; passed: Passed[] } = { fit: [], passed: [] };
    for (const { radiusM } of RINGS) {
      const seen = (await within(deps, type, place, radiusM, asked.now)).map((one) => ({
        ...one,
        because: unfit(one.unit, one.distanceM, asked),
      }));
      const fit = seen.filter(({ because }) => because === undefined).sort(nearestFirst);
      found = { fit, passed: seen.filter((one): one is typeof one & Passed => one.because !== undefined) };
      const enough = fit.slice(0, wanted);
      if (enough.length === wanted && (radiusM >= FRESH_WITHIN_M || enough.every((one) => one.staleS === undefined))) break;
    }
    return found;
  };
