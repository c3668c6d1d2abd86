import * as z from 'zod';
import { Location } from './event.ts';
import { AllocationPriority, ResourceType } from './vocabulary.ts';

/** DynamoDB takes 100 writes in one transaction, and a unit's claim is five of them. */
export const MOST_UNITS = 18;

/** How many of each type; at most 18 units in one bundle. */
export const UnitNeeds = z
  .partialRecord(ResourceType, z.int().min(1).max(MOST_UNITS))
  .refine((needs) => Object.values(needs).reduce((sum, count) => sum + count, 0) <= MOST_UNITS, {
    message: `one bundle holds at most ${MOST_UNITS} units; ask for the others apart`,
  });

/** What each unit of a type must have with it, and be certified for. */
export const Requirement = z.object({
  capabilities: z.array(z.string().max(60)).max(10).default([]),
  certifications: z.array(z.string().max(60)).max(10).default([]),
});
export type Requirement = z.infer<typeof Requirement>;

/** What goes first where it can be there within so many seconds: `count` of them, or all; where too few can, the nearest go, as if nothing were preferred. */
export const Preference = Requirement.extend({
  count: z.int().min(1).max(MOST_UNITS).optional(),
  withinS: z.number().positive().max(3_600),
});
export type Preference = z.infer<typeof Preference>;

/** What is asked of the units beside their type and count, by type: a step says it, and a request. */
export const qualities = {
  requires: z.partialRecord(ResourceType, Requirement).optional(),
  prefers: z.partialRecord(ResourceType, Preference).optional(),
};
const Qualities = z.object(qualities);
export type Qualities = z.infer<typeof Qualities>;

/**
 * Who wants which units where. `leaseS` is how long they are held (seconds) unless that is renewed. A unit is judged as it will be at
 * `earliest` (now, where it is left out), and must be able to be there by `latest`.
 */
export const AllocationRequest = z.object({
  executionId: z.string(),
  step: z.string(),
  needs: UnitNeeds,
  ...qualities,
  location: Location,
  priority: AllocationPriority,
  leaseS: z.number().positive(),
  earliest: z.iso.datetime().optional(),
  latest: z.iso.datetime().optional(),
});
export type AllocationRequest = z.infer<typeof AllocationRequest>;

/** `distanceM` is geodesic metres from the request's location; `etaS` the estimated seconds on the way, absent where a type does not travel. */
export const AllocatedUnit = z.object({
  id: z.string(),
  type: ResourceType,
  fence: z.int(),
  distanceM: z.number(),
  etaS: z.number().optional(),
});
export type AllocatedUnit = z.infer<typeof AllocatedUnit>;

/** Why a unit was chosen, or a nearer one was not. */
export const Because = z.object({
  unit: z.string(),
  type: ResourceType,
  distanceM: z.number(),
  etaS: z.number().optional(),
  because: z.string(),
});
export type Because = z.infer<typeof Because>;

/** All or nothing: either every unit asked for, or what was short. `notNearer` looks at the neighbourhood alone, and names ten of a type at most. */
export const Allocation = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('allocated'),
    units: z.array(AllocatedUnit),
    leaseUntil: z.iso.datetime(),
    why: z.array(Because),
    notNearer: z.array(Because),
  }),
  z.object({ outcome: z.literal('short'), short: z.partialRecord(ResourceType, z.int()), notNearer: z.array(Because) }),
]);
export type Allocation = z.infer<typeof Allocation>;

/**
 * The detail of `resource.preempted`: a unit that `executionId` held for `step` under `fence` was taken by a claim that goes before it. With
 * the same unit and fence it is the same word. The run allocates again, or goes on without.
 */
export const ResourcePreempted = z.object({
  executionId: z.string(),
  step: z.string(),
  resourceId: z.string(),
  type: ResourceType,
  fence: z.int(),
  priority: AllocationPriority,
  by: z.object({ executionId: z.string(), priority: AllocationPriority }),
  at: z.iso.datetime(),
});
export type ResourcePreempted = z.infer<typeof ResourcePreempted>;
