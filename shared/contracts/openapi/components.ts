import * as z from 'zod';
import * as ask from '../ask.ts';
import * as deadLetter from '../dead-letter.ts';
import * as documentEndpoints from '../document-endpoints.ts';
import * as event from '../event.ts';
import * as eventQueries from '../event-queries.ts';
import * as eventReplies from '../event-replies.ts';
import * as execution from '../execution.ts';
import * as fact from '../fact.ts';
import * as incident from '../incident.ts';
import * as joint from '../joint.ts';
import * as journal from '../journal.ts';
import * as kernel from '../kernel.ts';
import * as ledger from '../ledger.ts';
import * as people from '../people.ts';
import * as policy from '../policy.ts';
import * as policyReplies from '../policy-replies.ts';
import * as policyRequests from '../policy-requests.ts';
import * as problem from '../problem.ts';
import * as resource from '../resource.ts';
import * as resourceAllocation from '../resource-allocation.ts';
import * as resourceRequests from '../resource-requests.ts';
import * as resourceReservation from '../resource-reservation.ts';
import * as resourceWaiting from '../resource-waiting.ts';
import * as restricted from '../restricted.ts';
import * as review from '../review.ts';
import * as routingReplies from '../routing-replies.ts';
import * as runEvents from '../run-events.ts';
import * as runReplies from '../run-replies.ts';
import * as simulation from '../simulation.ts';
import * as situation from '../situation.ts';
import * as sourceBuffer from '../source-buffer.ts';
import * as sourceHealth from '../source-health.ts';
import * as subsystem from '../subsystem.ts';
import * as vocabulary from '../vocabulary.ts';
import * as workflow from '../workflow.ts';

/** Contracts whose shapes the document may name. One that no operation speaks of is left out. */
const MODULES: readonly Record<string, unknown>[] = [
  vocabulary,
  problem,
  event,
  eventQueries,
  eventReplies,
  sourceBuffer,
  sourceHealth,
  deadLetter,
  ledger,
  incident,
  situation,
  workflow,
  execution,
  runEvents,
  runReplies,
  simulation,
  policy,
  policyRequests,
  policyReplies,
  fact,
  journal,
  joint,
  resource,
  resourceAllocation,
  resourceRequests,
  resourceReservation,
  resourceWaiting,
  kernel,
  subsystem,
  restricted,
  review,
  routingReplies,
  ask,
  people,
  documentEndpoints,
];

/** A shape's name in the document is the name under which its contract exports it. */
export const shapes: ReadonlyMap<z.ZodType, string> = new Map(
  MODULES.flatMap((module) =>
    Object.entries(module).flatMap(([name, shape]): [z.ZodType, string][] => (shape instanceof z.ZodType ? [[shape, name]] : [])),
  ).reverse(),
);
