import * as z from 'zod';
import { Entity, EventType, Location, NormalizedDetail } from './event.ts';
import { Category, Priority } from './vocabulary.ts';

/** Types for a word that is nothing but a correction. Any other type with `data.corrects` says what the event is of. */
export const CORRECTION_TYPES: readonly string[] = ['event.corrected', 'event.retracted'];

/** What a correction says of an event: what it leaves out stays as it was. */
export const Amended = z.object({
  type: EventType.optional(),
  category: Category.optional(),
  priority: Priority.optional(),
  location: Location.optional(),
  entities: z.array(Entity).optional(),
  threatLevel: z.number().optional(),
  confidence: z.number().optional(),
  summary: z.string().optional(),
});
export type Amended = z.infer<typeof Amended>;

/** One correction of the event `of`: `by` is the key of the event that says it, `at` when it was said. A retraction (false alarm) amends nothing. */
export const Correction = z.object({ of: z.string(), by: z.string(), at: z.iso.datetime(), retracts: z.boolean(), fields: Amended });
export type Correction = z.infer<typeof Correction>;

/** One field that a correction changed, as the journal may keep it: values of what is no secret, `movedM` metres for a place, and kinds for entities, whose ids stay in the event. */
export const Change = z.object({
  field: z.string(),
  from: z.union([z.string(), z.number()]).optional(),
  to: z.union([z.string(), z.number()]).optional(),
  movedM: z.number().optional(),
  kinds: z.array(z.string()).optional(),
});
export type Change = z.infer<typeof Change>;

/**
 * The detail of SWOE's own `event.corrected`: the event as it is now with the incident it belongs to now, what changed, and every incident it
 * belonged to before. `parted` are events (keys) that hung together with it and are in another incident now, without it. `borneOutBy` is how many
 * independent sources still bear its incident out.
 */
export const EventCorrected = z.object({
  eventKey: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  retracted: z.boolean(),
  changed: z.array(Change),
  event: NormalizedDetail,
  incidents: z.array(z.string()),
  parted: z.array(z.object({ incidentId: z.string(), members: z.array(z.string()) })).default([]),
  borneOutBy: z.int(),
});
export type EventCorrected = z.infer<typeof EventCorrected>;
