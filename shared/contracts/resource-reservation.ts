import * as z from 'zod';
import { Location } from './event.ts';
import { Requirement, UnitNeeds } from './resource-allocation.ts';
import { AllocationPriority, ResourceType } from './vocabulary.ts';

/** Units that are promised for a time to come, all of them or none. `forWhom` is a run, or `incident/<id>`; `by` the person who asked. */
export const Reservation = z.object({
  id: z.string(),
  units: z.array(z.string()),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  forWhom: z.string(),
  priority: AllocationPriority,
  by: z.string(),
  reason: z.string(),
});
export type Reservation = z.infer<typeof Reservation>;

/** Either these units, or so many of each type, the nearest to `location` that will be fit then. */
export const ReservationRequest = z
  .object({
    units: z.array(z.string().min(1).max(64)).min(1).max(18).optional(),
    needs: UnitNeeds.optional(),
    requires: z.partialRecord(ResourceType, Requirement).optional(),
    location: Location.optional(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    executionId: z.string().min(1).max(200).optional(),
    incidentId: z.string().min(1).max(64).optional(),
    priority: AllocationPriority.default('NORMAL'),
    reason: z.string().min(3).max(500),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: '`from` must be before `to`' })
  .refine(({ units, needs, location }) => (units === undefined) !== (needs === undefined && location === undefined), {
    path: ['units'],
    message: 'name the units, or say `needs` and `location`, and not both',
  })
  .refine(({ needs, location }) => (needs === undefined) === (location === undefined), {
    path: ['location'],
    message: '`needs` and `location` go together',
  })
  .refine(({ executionId, incidentId }) => (executionId === undefined) !== (incidentId === undefined), {
    path: ['incidentId'],
    message: 'say for which run or for which incident, and not both',
  });
export type ReservationRequest = z.infer<typeof ReservationRequest>;
