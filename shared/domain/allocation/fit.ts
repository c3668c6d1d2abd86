import type { Booking, Resource } from '../../contracts/resource.ts';
import type { AllocationRequest, Preference, Requirement } from '../../contracts/resource-allocation.ts';
import type { AllocationPriority, ResourceType } from '../../contracts/vocabulary.ts';
import { goesBefore } from './priority.ts';
import { etaS } from './travel.ts';

/** What is asked of a unit beside its type: what it must have, what goes first, when it is needed, and by when it must be there (both ms). */
export interface Asked {
  readonly requires?: Requirement | undefined;
  readonly prefers?: Preference | undefined;
  readonly at: number;
  readonly now: number;
  readonly latest?: number | undefined;
  /** Who asks, how urgently, and until when it would be held (ms). */
  readonly executionId: string;
  readonly priority: AllocationPriority;
  readonly until: number;
}

/** Whether a time and the one from `from` to `to` (ms) share a moment. */
export const overlaps = (time: { from: string; to: string }, from: number, to: number): boolean =>
  Date.parse(time.from) < to && from < Date.parse(time.to);

/** In words that every answer uses. */
export const isPromised = ({ id, from, to, forWhom }: Booking): string =>
  `reserved from ${from} to ${to} for ${forWhom}: reservation ${id}`;
export const isInWorkshop = ({ from, to }: { from: string; to: string }): string => `in maintenance from ${from} to ${to}`;

/** A unit whose workshop is this near (ms) is not sent: it would be called back from the way. */
const WORKSHOP_MS = 30 * 60_000;

/** Less charge than this (percent) does not bring it there, let it work, and bring it back. */
const LEAST_BATTERY: Partial<Record<ResourceType, number>> = { DRONE: 30, ROBOT: 25 };
/** What stands still and is fed by a battery still works on its last twentieth. */
const LEAST_BATTERY_OF_OTHERS = 5;
const LEAST_FUEL = 15;

export const askedOf = (want: Omit<AllocationRequest, 'step' | 'needs' | 'location'>, type: ResourceType, now: number): Asked => {
  const { requires, prefers, earliest, latest, executionId, priority, leaseS } = want;
  const at = Math.max(now, earliest ? Date.parse(earliest) : now);
  const until = at + leaseS * 1000;
  const deadline = latest ? { latest: Date.parse(latest) } : {};
  return { requires: requires?.[type], prefers: prefers?.[type], at, now, until, executionId, priority, ...deadline };
};

const without = (needed: readonly string[], has: readonly string[]): string => needed.filter((one) => !has.includes(one)).join(', ');

/** What of what is required a unit has not, in words. Pure. */
export const lacks = (
  { capabilities, certifications }: Pick<Resource, 'capabilities' | 'certifications'>,
  requires: Requirement | undefined,
): string | undefined => {
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
  return window && isInWorkshop(window);
};

/** A promise to somebody else is kept, but for what goes before it. */
const promised = ({ bookings }: Resource, { at, until, executionId, priority }: Asked): string | undefined => {
  const other = bookings.find((one) => overlaps(one, at, until) && one.forWhom !== executionId && !goesBefore(priority, one.priority));
  return other && isPromised(other);
};

const late = (unit: Resource, distanceM: number, { now, latest }: Asked): string | undefined => {
  const takesS = etaS(unit.type, distanceM) ?? 0;
  return latest !== undefined && now + takesS * 1000 > latest ? `cannot be there in time: about ${takesS} s on the way` : undefined;
};

/** Why a unit may not be sent on this, or undefined: what it lacks, its condition, its shift and workshop, whom it is promised to, and the way. Pure. */
export const unfit = (unit: Resource, distanceM: number, asked: Asked): string | undefined =>
  lacks(unit, asked.requires) ?? sick(unit) ?? away(unit, asked) ?? promised(unit, asked) ?? late(unit, distanceM, asked);
