import * as z from 'zod';
import { Page } from './endpoint.ts';
import { Category, Priority, Source } from './vocabulary.ts';

const Key = z.string().min(3).max(330);
const IncidentId = z.string().min(1).max(64);
const Time = z.iso.datetime({ offset: true });

/** Of the events themselves; `from` ≤ the time at which an event was filed with its incident (`fusedAt`) < `to`, both RFC 3339. */
export const EventHistoryQuery = Page.extend({
  category: Category.optional(),
  priority: Priority.optional(),
  source: Source.optional(),
  type: z.string().max(100).optional(),
  incidentId: IncidentId.optional(),
  from: Time.optional(),
  to: Time.optional(),
});
export type EventHistoryQuery = z.infer<typeof EventHistoryQuery>;

/** `source`: one of those that told of it; `minEvents`: so many events at least; `from` ≤ when it was opened < `to`. */
export const FusedQuery = Page.extend({
  category: Category.optional(),
  priority: Priority.optional(),
  source: Source.optional(),
  state: z.enum(['OPEN', 'CLOSED']).optional(),
  minEvents: z.coerce.number().int().min(1).max(100_000).optional(),
  from: Time.optional(),
  to: Time.optional(),
});
export type FusedQuery = z.infer<typeof FusedQuery>;

/** `with`: the key of another event, or the id of an incident. */
export const ExplainQuery = z.object({ with: Key.optional() });

/** Either an event or an incident, whose members are then looked at one by one; and why. */
export const FuseRequest = z
  .object({ eventKey: Key.optional(), incidentId: IncidentId.optional(), reason: z.string().min(3).max(500) })
  .refine(({ eventKey, incidentId }) => (eventKey === undefined) !== (incidentId === undefined), {
    path: ['eventKey'],
    message: 'Give either eventKey or incidentId',
  });
export type FuseRequest = z.infer<typeof FuseRequest>;

/** The detail of `fusion.requested`: look once more around these events and unite what is related now. `part` of `parts` of what was asked. */
export const FusionRequested = z.object({
  requestId: z.string(),
  part: z.int(),
  parts: z.int(),
  incidentId: z.string(),
  nodes: z.array(z.string()),
  reason: z.string(),
  by: z.string(),
  role: z.string(),
  at: z.iso.datetime(),
});
export type FusionRequested = z.infer<typeof FusionRequested>;
