import * as z from 'zod';
import { Entity, Location } from './event.ts';
import { Priority } from './vocabulary.ts';

/** How far a run stands from an event: the run that it follows, and how many it is by then. */
export const Link = z.object({ after: z.string(), depth: z.int().min(1) });
export type Link = z.infer<typeof Link>;

/** No chain of workflows is longer than this, so none goes round for ever. */
export const LONGEST_CHAIN = 5;

/** What later events of the incident made of a run's situation: steps that begin now act on this, while the frozen input stays as it was. */
export const Situation = z.object({
  location: Location.optional(),
  priority: Priority,
  summary: z.string(),
  /** The event that was observed last, and when; `placed` is the same of the event that told the place, as one text that sorts. */
  eventKey: z.string(),
  at: z.iso.datetime(),
  placed: z.string().optional(),
  /** What the event that started the run names, where that was corrected since. */
  entities: z.array(Entity).optional(),
});
export type Situation = z.infer<typeof Situation>;
