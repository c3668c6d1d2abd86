import type { Resource } from '../../contracts/resource.ts';
import type { AllocationRequest, Requirement } from '../../contracts/resource-allocation.ts';
import type { ResourceType } from '../../contracts/vocabulary.ts';
import { etaS } from './travel.ts';

/** What is asked of a unit beside its type: what it must have, when it is needed, and by when it must be there (both ms). */
export interface Asked {
  readonly requires?: Requirement | undefined;
  readonly at: number;
  readonly now: number;
  readonly latest?: number | undefined;
}

/** A unit whose workshop is this near (ms) is not sent: it would be called back from the way. */
const WORKSHOP_MS = 30 * 60_000;

/** Less charge than this (percent) does not bring it there, let it work, and bring it back. */
const LEAST_BATTERY: Partial<Record<ResourceType, number>> = { DRONE: 30, ROBOT: 25 };
/** What stands still and is fed by a battery still works on its last twentieth. */
const LEAST_BATTERY_OF_OTHERS = 5;
const LEAST_FUEL = 15;

export const askedOf = (want: Pick<AllocationRequest, 'requires' | 'earliest' | 'latest'>, type: ResourceType, now: number): Asked => ({
  requires: want.requires?.[type],
  at: Math.max(now, want.earliest ? Date.parse(want.earliest) : now),
  now,
  latest: want.latest ? Date.parse(want.latest) : undefined,
});

const without = (needed: readonly string[], has: readonly string[]): string => needed.filter((one) => !has.includes(one)).join(', ');

const lacks = ({ capabilities, certifications }: Resource, { requires }: Asked): string | undefined => {
  const [things, papers] = [without(requires?.capabilities ?? [], capabilities), without(requires?.certifications ?? [], certifications)];
  if (things) return `lacks ${things}`;
  return papers ? `not certified for ${papers}` : undefined;
};

const sick = ({ type, health: { batteryPct, fuelPct, faults } }: Resource): string | undefined => {
  if (faults.length > 0) return `faults: ${faults.join(', ')}`;
  const least = LEAST_BATTERY[type] ?? LEAST_BATTERY_OF_OTHERS;
  if (batteryPct !== undefined && batteryPct < least) return `battery at ${batteryPct} %, below ${least} %`;
  return fuelPct !== undefined && fuelPct < LEAST_FUEL ? `fuel at ${fuelPct} %, below ${LEAST_FUEL} %` : undefined;
};

const away = ({ shift, health: { maintenance } }: Resource, { at }: Asked): string | undefined => {
  if (shift && (at < Date.parse(shift.from) || at >= Date.parse(shift.to))) return `off shift: on from ${shift.from} to ${shift.to}`;
  const window = maintenance.find(({ from, to }) => at >= Date.parse(from) - WORKSHOP_MS && at < Date.parse(to));
  return window && `in maintenance from ${window.from} to ${window.to}`;
};

const late = (unit: Resource, distanceM: number, { now, latest }: Asked): string | undefined => {
  const takesS = etaS(unit.type, distanceM) ?? 0;
  return latest !== undefined && now + takesS * 1000 > latest ? `cannot be there in time: about ${takesS} s on the way` : undefined;
};

/** Why a unit may not be sent on this, or undefined: what it lacks, its condition, its shift and workshop, and the way. Pure. */
export const unfit = (unit: Resource, distanceM: number, asked: Asked): string | undefined =>
  lacks(unit, asked) ?? sick(unit) ?? away(unit, asked) ?? late(unit, distanceM, asked);
