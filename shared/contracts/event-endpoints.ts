import { DeadLetterQuery, DiscardRequest, RedriveRequest } from './dead-letter.ts';
import { ACT, COMMAND, type Endpoint, LOOK, Page } from './endpoint.ts';
import { IngestRequest } from './event.ts';
import { LedgerQuery } from './ledger.ts';

/** What stands under `/events`. */
export const eventEndpoints = [
  { operation: 'ingestEvent', method: 'POST', path: '/events/ingest', roles: ACT, body: IngestRequest, summary: 'Put an event on the bus' },
  {
    operation: 'eventHistory',
    method: 'GET',
    path: '/events/history',
    roles: LOOK,
    query: Page,
    summary: 'Normalised events, newest first',
  },
  {
    operation: 'fusedEvents',
    method: 'GET',
    path: '/events/fused',
    roles: LOOK,
    query: Page,
    summary: 'Incidents with their members, newest first',
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
