import type { ResourceType } from '../../shared/contracts/vocabulary.ts';
import { metres, type Place } from './geo.ts';

interface Mobility {
  /** Metres per second on a real clock; a robot is carried in a van, officers drive with lights. */
  readonly mps: number;
  /** Beyond this a unit says no rather than set off. */
  readonly rangeM: number;
}

const MOBILITY: Partial<Record<ResourceType, Mobility>> = {
  DRONE: { mps: 15, rangeM: 10_000 },
  ROBOT: { mps: 11, rangeM: 30_000 },
  OFFICER: { mps: 16, rangeM: 60_000 },
  VEHICLE: { mps: 16, rangeM: 60_000 },
  DISPATCH_UNIT: { mps: 15, rangeM: 60_000 },
  HELICOPTER: { mps: 60, rangeM: 250_000 },
  BOAT: { mps: 12, rangeM: 40_000 },
};

/** Milliseconds a unit needs for the way on a clock on which travel runs `speed` times faster; undefined where it cannot get there. */
export const travelMs = (type: ResourceType, from: Place, to: Place, speed: number): number | undefined => {
  const mobility = MOBILITY[type];
  const way = metres(from, to);
  return mobility && way <= mobility.rangeM ? Math.round((way / mobility.mps / speed) * 1000) : undefined;
};
