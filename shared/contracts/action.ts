import * as z from 'zod';
import { Entity, Location } from './event.ts';
import { PartnerRequest } from './partner.ts';
import { ActionType, Priority } from './vocabulary.ts';

/** The detail of `action.requested`: what a subsystem is asked to do. `actionId` is stable over retries; do it once. `within` is seconds. */
export const ActionRequested = z.object({
  actionId: z.string(),
  subsystem: z.string(),
  action: ActionType,
  executionId: z.string(),
  incidentId: z.string(),
  step: z.string(),
  priority: Priority,
  agency: z.string(),
  location: Location.optional(),
  arguments: z.record(z.string(), z.unknown()),
  /** What the event named, as far as this action may be told: a plate for a plate query, nothing for a drone. */
  entities: z.array(Entity).default([]),
  units: z.array(z.object({ id: z.string(), type: z.string(), fence: z.int() })),
  within: z.number(),
  legalBasis: z.string().optional(),
  /** Of the state and federal systems that it asks or tells, what each is asked or told. */
  partners: z.array(PartnerRequest).optional(),
  requestedAt: z.iso.datetime(),
});
export type ActionRequested = z.infer<typeof ActionRequested>;

/** The detail of `action.cancelled`: stop doing it, or undo it. `undo` is true where it had been completed. */
export const ActionCancelled = z.object({
  actionId: z.string(),
  subsystem: z.string(),
  action: ActionType,
  executionId: z.string(),
  undo: z.boolean(),
  reason: z.string(),
});
export type ActionCancelled = z.infer<typeof ActionCancelled>;

/**
 * The detail of `action.updated`: what a later event of the incident changed for an action under way. The one with the latest `at` holds.
 * With `units` it says who is on it now, all of them: one that is listed no more was taken by what goes before, and is its new holder's to send.
 */
export const ActionUpdated = z.object({
  actionId: z.string(),
  subsystem: z.string(),
  action: ActionType,
  executionId: z.string(),
  incidentId: z.string(),
  location: Location.optional(),
  priority: Priority,
  summary: z.string(),
  units: z.array(z.object({ id: z.string(), type: z.string(), fence: z.int() })).optional(),
  eventKey: z.string(),
  at: z.iso.datetime(),
});
export type ActionUpdated = z.infer<typeof ActionUpdated>;

/**
 * The detail of `action.corrected`: what an action was asked for on is not so. `correctionOf` is the key of the corrected event, `by` of the one
 * that corrects it; with the same two it is the same word. `retracted` says it was a false alarm; nothing is called off by that. Place, priority and summary
 * are the run's as they stand now; `entities` are what the action was told of before, as it is known now.
 */
export const ActionCorrected = z.object({
  actionId: z.string(),
  subsystem: z.string(),
  action: ActionType,
  executionId: z.string(),
  incidentId: z.string(),
  correctionOf: z.string(),
  by: z.string(),
  changed: z.array(z.string()),
  retracted: z.boolean(),
  location: Location.optional(),
  priority: Priority,
  summary: z.string(),
  entities: z.array(Entity).default([]),
  at: z.iso.datetime(),
});
export type ActionCorrected = z.infer<typeof ActionCorrected>;

/** The detail of `action.completed`, `action.failed` and `action.progress`. Only the subsystem that was asked may answer. */
export const ActionReply = z.object({
  actionId: z.string().min(1).max(300),
  at: z.iso.datetime({ offset: true }).optional(),
  stage: z.enum(['DELIVERED', 'READ', 'ACCEPTED', 'EN_ROUTE', 'ON_SCENE']).optional(),
  by: z.string().max(100).optional(),
  note: z.string().max(500).optional(),
  error: z.string().max(100).optional(),
  result: z.record(z.string(), z.unknown()).default({}),
});
export type ActionReply = z.infer<typeof ActionReply>;
