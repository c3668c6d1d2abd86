import type { Endpoint } from './endpoint.ts';
import { FindSubject, Hold, HoldRelease, Opened, OpenRequest, Subject } from './restricted.ts';
import type { Role } from './vocabulary.ts';

/** Who answers for what is kept of a person. An auditor reviews it, an admin gives out roles: neither is among them. */
const ANSWERABLE: readonly Role[] = ['watch_commander', 'chief'];

/** Who may open anything at all; which labels, says Cedar (shared/policy/access). */
const OPEN: readonly Role[] = [
  'dispatcher',
  'supervisor',
  'watch_commander',
  'incident_commander',
  'chief',
  'em_director',
  'clinician',
  'intelligence_officer',
];

/** What is sealed, and whose it is. */
export const restrictedEndpoints = [
  {
    operation: 'openSealed',
    method: 'POST',
    path: '/sealed/{token}/open',
    roles: OPEN,
    effect: 'look',
    unkept: true,
    body: OpenRequest,
    reply: Opened,
    refuses: ['conflict'],
    summary: 'Open a sealed piece for a purpose; each opening is an entry of the journal',
  },
  {
    operation: 'findSubject',
    method: 'POST',
    path: '/subjects/find',
    roles: ANSWERABLE,
    effect: 'look',
    unkept: true,
    body: FindSubject,
    reply: Subject,
    refuses: ['not-found'],
    summary: 'The token under which a person is known, and what is sealed under it',
  },
  {
    operation: 'holdSubject',
    method: 'POST',
    path: '/subjects/{token}/hold',
    roles: ANSWERABLE,
    body: Hold,
    reply: Subject,
    refuses: ['conflict'],
    summary: 'Keep a subject’s data for an open case or preserved evidence: nobody erases it meanwhile, and it does not run out',
  },
  {
    operation: 'releaseSubject',
    method: 'POST',
    path: '/subjects/{token}/release-hold',
    roles: ANSWERABLE,
    body: HoldRelease,
    reply: Subject,
    refuses: ['conflict'],
    summary: 'End a hold on a subject’s data',
  },
  {
    operation: 'eraseSubject',
    method: 'POST',
    path: '/subjects/{token}/erase',
    roles: ANSWERABLE,
    twoPersons: true,
    body: Hold,
    reply: Subject,
    refuses: ['conflict'],
    summary: 'Destroy a subject’s key: what is sealed under it can be read by nobody any more',
  },
] as const satisfies readonly Endpoint[];
