import * as z from 'zod';
import { Actor } from './journal.ts';
import { AllocationRequest, qualities } from './resource-allocation.ts';
import { AllocationPriority, ResourceType } from './vocabulary.ts';
import { Needs } from './workflow.ts';

/** How long anybody may stand in the line (seconds). */
export const LONGEST_WAIT_S = 1_800;

/**
 * Who stands in the line for units. `place` is where, as text that sorts, and never changes; it is served until `until`. `token` is that of a
 * state machine that waits for it; a person's request has none.
 */
export const Waiter = z.object({
  place: z.string(),
  request: AllocationRequest.extend({ needs: Needs }),
  incidentId: z.string(),
  actor: Actor,
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  token: z.string().optional(),
});
export type Waiter = z.infer<typeof Waiter>;

/** What a waiting state machine is still to be told: that it was served, or why it was not. */
export const LineAnswer = z.object({ place: z.string(), token: z.string(), short: z.string().optional() });
export type LineAnswer = z.infer<typeof LineAnswer>;

/** The detail of `resource.freed`: units of these types can be sent, and somebody stands in the line who needs one. */
export const ResourceFreed = z.object({ types: z.array(ResourceType) });
export type ResourceFreed = z.infer<typeof ResourceFreed>;

/** A request as it stands in the line: `position` from 1 on, `keeps` free units that are left to it while its bundle grows, `why` it still waits. */
export const Standing = z.object({
  position: z.int(),
  holder: z.string(),
  step: z.string(),
  incidentId: z.string(),
  needs: Needs,
  ...qualities,
  priority: AllocationPriority,
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  short: Needs,
  keeps: z.array(z.string()),
  why: z.string(),
});
export type Standing = z.infer<typeof Standing>;
export const WaitingList = z.object({ items: z.array(Standing) });

/** What is short, and stands in the line instead. */
export const Waits = z.object({
  holder: z.string(),
  step: z.string(),
  waiting: z.object({ position: z.int(), until: z.iso.datetime(), short: Needs }),
});
