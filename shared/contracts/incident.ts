import * as z from 'zod';
import { Location } from './event.ts';
import { Category, Priority, Source } from './vocabulary.ts';

/** Why one event joined another: the rule, and the values that satisfied it. */
export const JoinReason = z.object({ rule: z.string(), with: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) });
export type JoinReason = z.infer<typeof JoinReason>;

/**
 * Every event opens an incident of its own; related incidents merge and the one opened first (then the smaller id) keeps its id.
 * `parent` is set once, when this incident was merged away. An incident's members are its own event and those of its children.
 * `confidence` (0 to 1) is that of its surest event.
 */
export const Incident = z.object({
  id: z.string(),
  eventKey: z.string(),
  parent: z.string().optional(),
  openedAt: z.iso.datetime(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  category: Category,
  priority: Priority,
  type: z.string(),
  summary: z.string(),
  agency: z.string(),
  location: Location.optional(),
  sources: z.array(Source),
  events: z.int(),
  confidence: z.number(),
  joined: z.array(JoinReason),
});
export type Incident = z.infer<typeof Incident>;

/** An incident's fused state, as CONDITION triggers see it. `facts` are the live facts about it, by kind; of several of a kind the one that lives longest. */
export const IncidentState = z.object({
  type: z.string(),
  category: Category,
  priority: Priority,
  agency: z.string(),
  sources: z.array(Source),
  independentSources: z.int(),
  events: z.int(),
  facts: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});
export type IncidentState = z.infer<typeof IncidentState>;
