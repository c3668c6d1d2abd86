import * as z from 'zod';

/** Every kind of thing SWOE writes down. Past facts. */
export const JournalKind = z.enum([
  'event.accepted',
  'event.fused',
  'event.dropped',
  'event.dead-lettered',
  'event.redriven',
  'event.discarded',
  'event.corrected',
  'incident.opened',
  'incident.updated',
  'incident.merged',
  'incident.split',
  'incident.reevaluated',
  'match.made',
  'match.started',
  'match.joined',
  'match.refused',
  'match.queued',
  'match.released',
  'match.failed',
  'workflow.started',
  'workflow.ending',
  'workflow.completed',
  'workflow.failed',
  'workflow.cancelled',
  'workflow.timed-out',
  'workflow.paused',
  'workflow.resumed',
  'workflow.cancel-requested',
  'workflow.redriven',
  'workflow.updated',
  'workflow.superseded',
  'step.started',
  'step.completed',
  'step.failed',
  'step.refused',
  'step.missed',
  'step.held',
  'step.undone',
  'step.not-undone',
  'action.requested',
  'action.progress',
  'action.cancelled',
  'action.updated',
  'action.corrected',
  'action.late-reply',
  'action.refused-reply',
  'guardrail.decided',
  'approval.requested',
  'approval.answered',
  'approval.expired',
  'approval.voided',
  'approval.seconded',
  'approval.taken-over',
  'resource.registered',
  'resource.updated',
  'resource.allocated',
  'resource.released',
  'resource.handed-over',
  'resource.unknown',
  'resource.preempted',
  'resource.renewed',
  'resource.reserved',
  'resource.reservation-ended',
  'fact.recorded',
  'verdict.requested',
  'policy.checked',
  'kernel.started',
  'kernel.stopping',
  'kernel.stopped',
  'kernel.paused',
  'kernel.resumed',
  'subsystem.seen',
  'subsystem.registered',
  'subsystem.degraded',
  'subsystem.silent',
  'subsystem.recovered',
  'subsystem.opened',
  'subsystem.half-opened',
  'subsystem.closed',
  'sweep.found',
  'audit.read',
  'audit.broken',
  'access.granted',
  'access.refused',
  'ask.opened',
  'ask.granted',
  'ask.refused',
  'ask.expired',
  'person.disabled',
  'person.enabled',
  'token.revoked',
  'logon.attempted',
  'logon.succeeded',
  'logon.locked',
  'person.unlocked',
]);
export type JournalKind = z.infer<typeof JournalKind>;

/** Who did it: SWOE itself (`system/ingest`), a person (`person/<sub>`), a source (`source/cad_system`). */
export const Actor = z.string().regex(/^(system|person|source)\/.+$/);

/**
 * How a person's call came and ended (NIST AU-3): the address it came from, the operation it went to, on which object (the path's parameters), the bytes
 * it sent, the request's id, and the outcome.
 */
export const Via = z.object({
  from: z.string(),
  to: z.string(),
  object: z.record(z.string(), z.string()),
  size: z.int().min(0),
  session: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
});
export type Via = z.infer<typeof Via>;

/** What a room hands to the journal. `data` names things by id and never copies restricted data. */
export const Entry = z.object({
  kind: JournalKind,
  actor: Actor,
  incidentId: z.string().optional(),
  executionId: z.string().optional(),
  via: Via.optional(),
  data: z.record(z.string(), z.unknown()),
});
export type Entry = z.infer<typeof Entry>;

/** An entry as it is kept: its place in its chain and the SHA-256 of the entry before. `at` is UTC. */
export const JournalEntry = Entry.extend({ stream: z.string(), seq: z.int(), at: z.iso.datetime(), prev: z.string(), hash: z.string() });
export type JournalEntry = z.infer<typeof JournalEntry>;
