import * as z from 'zod';
import { DeadLetter, DeadLetterState } from './dead-letter.ts';
import { pageOf } from './endpoint.ts';
import { NormalizedEvent } from './event.ts';
import { Incident, JoinReason } from './incident.ts';
import { SourceBuffer } from './source-buffer.ts';
import { SourceHealth } from './source-health.ts';
import { FusionStrategy } from './vocabulary.ts';

/** What is told under `/events`. */

/** `busId` is the bus's own id of this delivery. */
export const EventTaken = z.object({ id: z.string(), source: z.string(), busId: z.string() });

/** An event of the history; `fusedAt` is when it was filed, by which the list is ordered. */
export const FiledEvent = NormalizedEvent.extend({ fusedAt: z.string() });
export type FiledEvent = z.infer<typeof FiledEvent>;
export const EventPage = pageOf(FiledEvent);

/** An incident with its members, up to 100 of them; its timeline is in the order in which things were observed. */
export const FusedIncident = Incident.extend({
  members: z.array(z.string()),
  timeline: z.array(z.object({ at: z.string(), eventKey: z.string(), type: z.string(), source: z.string() })),
  independentSources: z.int(),
});
export type FusedIncident = z.infer<typeof FusedIncident>;
export const IncidentPage = pageOf(FusedIncident);

/** So many `events` are looked at; up to 100 are named. */
export const FusionTaken = z.object({
  requestId: z.string(),
  incidentId: z.string(),
  events: z.int(),
  eventKeys: z.array(z.string()),
});

/** One condition of a rule, answered in words: `812 m apart, limit 500 m`. */
export const ConditionExplained = z.object({ condition: z.string(), holds: z.boolean(), says: z.string() });

/** A rule on a pair: every condition of it, and the first that failed. */
export const RuleExplained = z.object({
  rule: z.string(),
  strategy: FusionStrategy,
  holds: z.boolean(),
  conditions: z.array(ConditionExplained),
  failed: z.string().optional(),
});

/** One event beside another: what every rule says of the two, and whether they are one incident, which others may have made them. */
export const PairExplained = z.object({
  eventKey: z.string(),
  type: z.string(),
  at: z.string(),
  incidentId: z.string(),
  together: z.boolean(),
  related: z.boolean(),
  rules: z.array(RuleExplained),
});

/** `with`: the event that was named, and `chain` the others in between, where no rule relates the two. */
export const EventExplained = z.object({
  eventKey: z.string(),
  incidentId: z.string(),
  members: z.array(PairExplained),
  misses: z.array(PairExplained),
  with: PairExplained.optional(),
  chain: z.array(z.object({ from: z.string(), reason: JoinReason })).optional(),
});

export const SourceBuffers = z.object({ now: z.iso.datetime(), items: z.array(SourceBuffer) });
export const SourcesHealth = z.object({ now: z.iso.datetime(), items: z.array(SourceHealth) });

export const DeadLetterPage = pageOf(DeadLetter);

/** One letter; `refusedAgain` is the letter that came of it where it was sent again in vain. */
export const DeadLetterView = DeadLetter.extend({
  refusedAgain: z.object({ busId: z.string(), reason: z.string(), state: DeadLetterState }).optional(),
});
