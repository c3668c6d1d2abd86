import * as z from 'zod';
import { Location } from './event.ts';
import { AllocationPriority, ResourceType } from './vocabulary.ts';

/** UNKNOWN: its lease lapsed and only the unit or CAD can say where it stands. */
export const ResourceStatus = z.enum(['FREE', 'HELD', 'OUT_OF_SERVICE', 'UNKNOWN']);
export type ResourceStatus = z.infer<typeof ResourceStatus>;

/** What a held unit says that it is at. A unit that has said nothing yet is at none of these. */
export const Activity = z.enum(['EN_ROUTE', 'ON_SCENE', 'TRANSPORTING', 'RESCUING']);
export type Activity = z.infer<typeof Activity>;

const ofTime = { from: z.iso.datetime(), to: z.iso.datetime() };
const inOrder = ({ from, to }: { from: string; to: string }): boolean => Date.parse(from) < Date.parse(to);
const IN_ORDER = { message: '`from` must be before `to`', path: ['to'] };

/** A time in which a unit is in the workshop; `from` is in it, `to` no more. */
export const Maintenance = z.object({ ...ofTime, why: z.string().max(200) }).refine(inOrder, IN_ORDER);
export type Maintenance = z.infer<typeof Maintenance>;

/** The watch a unit's crew is on; `from` is in it, `to` no more. */
export const Shift = z.object(ofTime).refine(inOrder, IN_ORDER);
export type Shift = z.infer<typeof Shift>;

const Percent = z.number().min(0).max(100);
const Faults = z.array(z.string().min(1).max(60)).max(10);
const charge = { batteryPct: Percent.optional(), fuelPct: Percent.optional() };

/** What is known of a unit's condition. `faults` are the unit's own codes; any of them keeps it from being sent. */
export const Health = z.object({
  ...charge,
  faults: Faults.default([]),
  maintenance: z.array(Maintenance).max(10).default([]),
});
export type Health = z.infer<typeof Health>;

/** A time for which a unit is promised to somebody; `from` is in it, `to` no more. `forWhom` is a run, or `incident/<id>`. */
export const Booking = z.object({ id: z.string(), ...ofTime, forWhom: z.string(), priority: AllocationPriority });
export type Booking = z.infer<typeof Booking>;

const Labels = z.array(z.string().max(60)).max(30);

/**
 * `fence` grows by one with each claim; a holder with an older number may not act. `revision` grows by one with whatever is written of the
 * unit. `capabilities` are what it has with it, `certifications` what its crew or airframe was certified for. `priority` is that of its
 * holder's claim, `since` when that began. `lent`: it is another agency's, and is sent only where a joint operation lets it be.
 */
export const Resource = z.object({
  id: z.string().min(1).max(64),
  type: ResourceType,
  name: z.string(),
  agency: z.string(),
  lent: z.literal(true).optional(),
  status: ResourceStatus,
  activity: Activity.optional(),
  location: Location,
  locatedAt: z.iso.datetime(),
  capabilities: z.array(z.string()),
  certifications: z.array(z.string()).default([]),
  health: Health.default({ faults: [], maintenance: [] }),
  shift: Shift.optional(),
  bookings: z.array(Booking).default([]),
  fence: z.int(),
  revision: z.int().default(0),
  holder: z.string().optional(),
  step: z.string().optional(),
  leaseUntil: z.iso.datetime().optional(),
  priority: AllocationPriority.optional(),
  since: z.iso.datetime().optional(),
});
export type Resource = z.infer<typeof Resource>;

/**
 * The `data` of a `unit.status` event: who it is, what it is, where it is, and whether it can be sent. What it leaves out of its
 * capabilities, certifications, health and shift stands as it was; `shift: null` says that it is on none.
 */
export const UnitStatus = z.object({
  unit: z.object({
    id: z.string().min(1).max(64),
    type: ResourceType,
    name: z.string().max(100).optional(),
    capabilities: Labels.default([]),
    certifications: Labels.optional(),
    status: z.enum(['AVAILABLE', 'BUSY', 'OUT_OF_SERVICE']),
    activity: Activity.optional(),
    health: z.object({ ...charge, faults: Faults.optional() }).optional(),
    shift: Shift.nullable().optional(),
    fence: z.int().optional(),
  }),
  location: Location,
});
export type UnitStatus = z.infer<typeof UnitStatus>;

/** The `data` of a `unit.maintenance` event: the whole of a unit's windows, in place of those known before. */
export const UnitMaintenance = z.object({
  unit: z.object({ id: z.string().min(1).max(64), maintenance: z.array(Maintenance).max(10) }),
});
export type UnitMaintenance = z.infer<typeof UnitMaintenance>;
