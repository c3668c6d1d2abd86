import { DeadLetterQuery, DiscardRequest, RedriveRequest } from './dead-letter.ts';
import { ACT, COMMAND, type Endpoint, LOOK } from './endpoint.ts';
import { IngestRequest } from './event.ts';
import { EventHistoryQuery, ExplainQuery, FusedQuery, FuseRequest } from './event-queries.ts';
import { LedgerQuery } from './ledger.ts';

/** What stands under `/events`. */
export const eventEndpoints = [
  { operation: 'ingestEvent', method: 'POST', path: '/events/ingest', roles: ACT, body: IngestRequest, summary: 'Put an event on the bus' },
  {
    operation: 'eventHistory',
    method: 'GET',
    path: '/events/history',
    roles: LOOK,
    query: EventHistoryQuery,
    summary: 'Normalised events, newest first',
  },
  {
    operation: 'fusedEvents',
    method: 'GET',
    path: '/events/fused',
    roles: LOOK,
    query: FusedQuery,
    summary: 'Incidents with their state, members and timeline, newest first',
  },
  {
    operation: 'fuseEvents',
    method: 'POST',
    path: '/events/fuse',
    roles: ACT,
    body: FuseRequest,
    summary: 'Relate an event, or all of an incident, anew',
  },
  {
    operation: 'explainEvent',
    method: 'GET',
    path: '/events/{key}/explain',
    roles: LOOK,
    query: ExplainQuery,
    summary: 'Why an event is in its incident, and why not in another, rule by rule',
  },
  {
    operation: 'eventBuffers',
    method: 'GET',
    path: '/events/buffers',
    roles: LOOK,
    summary: 'Every source: its pace and bound, how many wait, what was delayed, shed and repeated',
  },
  {
    operation: 'eventSources',
    method: 'GET',
    path: '/events/sources',
    roles: LOOK,
    summary: 'Every registered source: what it may say, when it was last heard, how fast, and how often it was refused',
  },
  {
    operation: 'eventLedger',
    method: 'GET',
    path: '/events/ledger',
    roles: LOOK,
    query: LedgerQuery,
    summary: 'What became of events and their matches, by source and hour',
  },
  {
    operation: 'deadLetters',
    method: 'GET',
    path: '/events/dead-letters',
    roles: LOOK,
    query: DeadLetterQuery,
    summary: 'Refused events with the reason, newest first',
  },
  {
    operation: 'deadLetter',
    method: 'GET',
    path: '/events/dead-letters/{id}',
    roles: LOOK,
    summary: 'One refused event, whole, and what became of it',
  },
  {
    operation: 'redriveDeadLetter',
    method: 'POST',
    path: '/events/dead-letters/{id}/redrive',
    roles: COMMAND,
    body: RedriveRequest,
    summary: 'Put a refused event on the bus again, mended where it has to be',
  },
  {
    operation: 'discardDeadLetter',
    method: 'POST',
    path: '/events/dead-letters/{id}/discard',
    roles: COMMAND,
    body: DiscardRequest,
    summary: 'Say that a refused event is not needed',
  },
] as const satisfies readonly Endpoint[];
