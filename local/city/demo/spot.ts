import { metres, type Place } from '../geo.ts';

/** Where the story may happen: corners with cameras in sight, far enough from each other that a shot at one is never taken for a shot at another. */
export interface Spot extends Place {
  readonly name: string;
}

const SPOTS: readonly Spot[] = [
  { name: '19th Street', lat: 26.7751, lon: -80.0607 },
  { name: 'Blue Heron and Broadway', lat: 26.7823, lon: -80.0518 },
  { name: 'the marina', lat: 26.7748, lon: -80.0506 },
  { name: 'Blue Heron and Australian', lat: 26.7822, lon: -80.0671 },
  { name: 'Ocean Mall', lat: 26.7858, lon: -80.0341 },
];

/** An incident as `GET /events/fused` lists it; what the choice of a spot needs of it. */
export interface Recent {
  readonly lastAt: string;
  readonly location?: Place | undefined;
}

/** A shot within this of an incident so recent may be fused with it, and would then start nothing of its own. */
const NEAR_M = 700;
const RECENT_MS = 10 * 60_000;

/** The first spot where nothing happened lately, else the one where it is longest ago. `now` in milliseconds. */
export const quietSpot = (incidents: readonly Recent[], now: number): Spot => {
  const lastAt = (spot: Spot): number =>
    Math.max(
      0,
      ...incidents.filter(({ location }) => location && metres(location, spot) <= NEAR_M).map(({ lastAt }) => Date.parse(lastAt)),
    );
  const byQuiet = SPOTS.map((spot) => ({ spot, last: lastAt(spot) }));
  const quiet = byQuiet.find(({ last }) => now - last > RECENT_MS) ?? byQuiet.toSorted((a, b) => a.last - b.last)[0];
  return quiet?.spot ?? { name: 'the city', lat: 26.7751, lon: -80.0607 };
};
