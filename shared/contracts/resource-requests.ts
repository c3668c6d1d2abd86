import * as z from 'zod';
import { Page, pageOf } from './endpoint.ts';
import { Location } from './event.ts';
import { Activity, Maintenance, Resource, ResourceStatus, Shift, UnitStatus } from './resource.ts';
import { AllocatedUnit, Because, qualities, UnitNeeds } from './resource-allocation.ts';
import { Reservation } from './resource-reservation.ts';
import { LONGEST_WAIT_S, Waits } from './resource-waiting.ts';
import { AllocationPriority, ResourceType } from './vocabulary.ts';

const Reason = z.string().min(3).max(500);
const Label = z.string().min(1).max(60);
/** Seconds: a minute to a day. */
const LeaseS = z.number().min(60).max(86_400);

export const ResourceQuery = Page.extend({
  type: ResourceType.optional(),
  status: ResourceStatus.optional(),
  agency: z.string().max(60).optional(),
  capability: Label.optional(),
});
export const ResourceList = pageOf(Resource);

/** Of one type, from one place. `capability` and `certification` are what each must have; `count` 1 to 18. */
export const AvailableQuery = z.object({
  type: ResourceType,
  lat: z.coerce.number().min(-90).max(90),
  lon: z.coerce.number().min(-180).max(180),
  count: z.coerce.number().int().min(1).max(18).default(5),
  capability: Label.optional(),
  certification: Label.optional(),
  earliest: z.iso.datetime().optional(),
  latest: z.iso.datetime().optional(),
});
/** What an allocation would take now, the nearest first; it holds nothing. */
export const Available = z.object({
  items: z.array(
    Resource.pick({
      id: true,
      type: true,
      name: true,
      agency: true,
      location: true,
      locatedAt: true,
      capabilities: true,
      certifications: true,
    }).extend({ distanceM: z.number(), etaS: z.number().optional(), because: z.string() }),
  ),
  notNearer: z.array(Because),
});
export type Available = z.infer<typeof Available>;

/** For a run, or for an incident without one. Without `priority` a run's own stands, and NORMAL for an incident. `waitS`: where it is short it stands in the line so many seconds. */
export const AllocateRequest = z
  .object({
    executionId: z.string().min(1).max(200).optional(),
    incidentId: z.string().min(1).max(64).optional(),
    needs: UnitNeeds,
    ...qualities,
    location: Location,
    priority: AllocationPriority.optional(),
    leaseS: LeaseS.default(1800),
    earliest: z.iso.datetime().optional(),
    latest: z.iso.datetime().optional(),
    waitS: z.number().positive().max(LONGEST_WAIT_S).optional(),
    reason: Reason,
  })
  .refine(({ executionId, incidentId }) => (executionId === undefined) !== (incidentId === undefined), {
    path: ['incidentId'],
    message: 'say for which run or for which incident, and not both',
  });
/** `holder` is the run, or `incident/<id>`; `step` names this allocation among what it holds. */
const Allocated = z.object({
  holder: z.string(),
  step: z.string(),
  units: z.array(AllocatedUnit),
  leaseUntil: z.iso.datetime(),
  why: z.array(Because),
  notNearer: z.array(Because),
});

/** What is held, or the place in the line where `waitS` was said and too few are free. */
export const AllocatedOrWaits = z.union([Allocated, Waits]);
export type AllocatedOrWaits = z.infer<typeof AllocatedOrWaits>;

/** `fence` is the number of the claim that is meant: where the unit has a newer one by now, nothing is done. */
export const ReleaseRequest = z.object({ fence: z.int(), reason: Reason });
export const RenewRequest = z.object({ fence: z.int(), leaseS: LeaseS, reason: Reason });
/** A unit's lease as it stands after. */
export const LeaseReply = z.object({ id: z.string(), status: ResourceStatus, fence: z.int(), leaseUntil: z.iso.datetime().optional() });
export type LeaseReply = z.infer<typeof LeaseReply>;

/** A unit that is new to SWOE. */
export const RegisterRequest = UnitStatus.shape.unit
  .pick({ id: true, type: true, name: true, capabilities: true, certifications: true, health: true, shift: true })
  .extend({ status: z.enum(['AVAILABLE', 'OUT_OF_SERVICE']).default('AVAILABLE'), location: Location });
/** What a person says of a unit; what is left out stands. `shift: null` says that it is on none. */
export const StatusRequest = z.object({
  status: z.enum(['AVAILABLE', 'BUSY', 'OUT_OF_SERVICE']),
  activity: Activity.optional(),
  capabilities: UnitStatus.shape.unit.shape.capabilities.optional(),
  certifications: UnitStatus.shape.unit.shape.certifications,
  health: UnitStatus.shape.unit.shape.health,
  shift: Shift.nullable().optional(),
  reason: Reason,
});
export const LocationRequest = z.object({ location: Location, reason: Reason });
/** All of a unit's windows, in place of those known before. */
export const MaintenanceRequest = z.object({ maintenance: z.array(Maintenance).max(10), reason: Reason });

/** `hours` back from now. */
export const UtilizationQuery = z.object({ hours: z.coerce.number().int().min(1).max(24).default(1) });
const Counts = z.object({ total: z.int(), free: z.int(), held: z.int(), out: z.int(), unknown: z.int() });
/** `busyShare` (0 to 1) is the time that units of the type were held, of all their time, from `from` to now; `from` is later than asked for where the journal is longer than one answer reads. */
export const Utilization = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  types: z.partialRecord(ResourceType, Counts.extend({ busyShare: z.number() })),
});
export type Utilization = z.infer<typeof Utilization>;

export const ReservationList = z.object({ items: z.array(Reservation) });
export const EndReservationRequest = z.object({ reason: Reason });
