import type { ResourceType } from '../../contracts/vocabulary.ts';

interface Travel {
  /** Metres per second over the whole way, stops and turns included. */
  readonly mps: number;
  /** How much longer the way is than the straight line. */
  readonly detour: number;
}

/** Streets: a network's distance between two points of a city is about 1.2 times the straight line (Newell 1980; O'Sullivan 1996 found 1.21 to 1.23). */
const STREETS = 1.2;
/** An airframe flies straight, but for the climb and what it may not cross. */
const AIR = 1.05;
/** The Intracoastal is followed, not crossed: between two of its bends the way is half as long again. */
const WATER = 1.5;

/**
 * How each type that travels gets to a place. Starting points, as a dispatcher would guess them: a local agency's own averages are better.
 * Types that do not stand here are where they are, and what is asked of them is done from there.
 */
const TRAVEL: Partial<Record<ResourceType, Travel>> = {
  // 34 mph: a small multirotor's cruise of 15 m/s, as its makers give it.
  DRONE: { mps: 15, detour: AIR },
  // 25 mph: it is carried in a van without lights, and is unloaded.
  ROBOT: { mps: 11, detour: STREETS },
  // 36 mph: with lights through a city, slowing at every crossing.
  OFFICER: { mps: 16, detour: STREETS },
  VEHICLE: { mps: 16, detour: STREETS },
  // 31 mph: an engine or a rescue is heavier than a car, and turns slower.
  DISPATCH_UNIT: { mps: 14, detour: STREETS },
  // 130 mph: the cruise of a light police helicopter.
  HELICOPTER: { mps: 58, detour: AIR },
  // 23 knots: fast water, with the slow zones it passes.
  BOAT: { mps: 12, detour: WATER },
};

/** Estimated seconds for a way of so many geodesic metres; undefined where the type does not travel. */
export const etaS = (type: ResourceType, distanceM: number): number | undefined => {
  const travel = TRAVEL[type];
  return travel && Math.round((distanceM * travel.detour) / travel.mps);
};

/** How old (s) a position may be before the unit may well be elsewhere: a crew in a car has left its district in a quarter of an hour. */
const FRESH_S: Partial<Record<ResourceType, number>> = {
  DRONE: 900,
  ROBOT: 1800,
  OFFICER: 900,
  VEHICLE: 900,
  DISPATCH_UNIT: 900,
  HELICOPTER: 900,
  BOAT: 1800,
};

/** The age (s) of a position that is too old for its type; undefined where it is fresh, or the type does not travel. */
export const staleS = (type: ResourceType, locatedAt: string, now: number): number | undefined => {
  const ageS = Math.round((now - Date.parse(locatedAt)) / 1000);
  return ageS > (FRESH_S[type] ?? Number.POSITIVE_INFINITY) ? ageS : undefined;
};
