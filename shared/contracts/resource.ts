import * as z from 'zod';
import { Location } from './event.ts';
import { AllocationPriority, ResourceType } from './vocabulary.ts';

/** UNKNOWN: its lease lapsed and only the unit or CAD can say where it stands. */
export const ResourceStatus = z.enum(['FREE', 'HELD', 'OUT_OF_SERVICE', 'UNKNOWN']);
export type ResourceStatus = z.infer<typeof ResourceStatus>;

/** `fence` grows by one with each claim; a holder with an older number may not act. */
export const Resource = z.object({
  id: z.string().min(1).max(64),
  type: ResourceType,
  name: z.string(),
  agency: z.string(),
  status: ResourceStatus,
  location: Location,
  locatedAt: z.iso.datetime(),
  capabilities: z.array(z.string()),
  fence: z.int(),
  holder: z.string().optional(),
  step: z.string().optional(),
  leaseUntil: z.iso.datetime().optional(),
});
export type Resource = z.infer<typeof Resource>;

/** The `data` of a `unit.status` event: who it is, what it is, where it is, and whether it can be sent. */
export const UnitStatus = z.object({
  unit: z.object({
    id: z.string().min(1).max(64),
    type: ResourceType,
    name: z.string().max(100).optional(),
    capabilities: z.array(z.string().max(60)).max(30).default([]),
    status: z.enum(['AVAILABLE', 'BUSY', 'OUT_OF_SERVICE']),
    fence: z.int().optional(),
  }),
  location: Location,
});
export type UnitStatus = z.infer<typeof UnitStatus>;

export const AllocationRequest = z.object({
  executionId: z.string(),
  step: z.string(),
  needs: z.partialRecord(ResourceType, z.int().min(1)),
  location: Location,
  priority: AllocationPriority,
  leaseS: z.number().positive(),
});
export type AllocationRequest = z.infer<typeof AllocationRequest>;

/** `distanceM` is geodesic metres from the request's location. */
export const AllocatedUnit = z.object({ id: z.string(), type: ResourceType, fence: z.int(), distanceM: z.number() });
export type AllocatedUnit = z.infer<typeof AllocatedUnit>;

/** All or nothing: either every unit asked for, or what was short. */
export const Allocation = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('allocated'), units: z.array(AllocatedUnit), leaseUntil: z.iso.datetime() }),
  z.object({ outcome: z.literal('short'), short: z.partialRecord(ResourceType, z.int()) }),
]);
export type Allocation = z.infer<typeof Allocation>;
